using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>No rule is forgotten, and no row says that something breaks which does not.</summary>
public sealed class CoverageTests
{
    /// <summary>Rules that two versions at run time cannot show, and why.</summary>
    internal static IReadOnlyDictionary<int, string> NotShown { get; } = new Dictionary<int, string>
    {
        [14] = "a contract says nothing of who may call it: the server's options do",
        [20] = "no version can have a parameter by reference: the compiler refuses it (IPC1013)",
        [35] = "a contract sets no limits of length or depth: the options of both sides do",
        [48] = "it is about versions to come",
        [49] = "it is about the baseline, a file",
        [50] = "it is about the baseline, a file",
        [51] = "it is about the baseline, a file",
    };

    [Fact]
    public void Every_rule_is_shown_or_has_a_reason_why_it_cannot_be()
    {
        int[] shown = [.. ChangeCatalogue.All.Select(static change => change.Rule).Distinct()];
        Assert.Empty(shown.Intersect(NotShown.Keys));
        Assert.Equal(Enumerable.Range(1, 51), shown.Concat(NotShown.Keys).Order());
    }

    [Fact]
    public void What_is_called_compatible_works_and_what_is_called_breaking_breaks_or_says_when_it_will()
    {
        foreach (Change change in ChangeCatalogue.All)
        {
            switch (change.Verdict)
            {
                case Verdict.Compatible:
                    Assert.False(change.Breaks, $"{change}: called compatible, and it breaks.");
                    break;
                case Verdict.Breaking:
                    Assert.True(change.Breaks != change.Latent is not null, $"{change}: called breaking; either a direction breaks, or the row says why none does.");
                    break;
            }

            Assert.True(change.Latent is null || change.Verdict == Verdict.Breaking, $"{change}: only what is breaking can be latent.");
        }
    }
}
