using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>What is said of a change while it is typed is what happens when the versions meet.</summary>
[Collection(CompiledChangesCollection.Name)]
public sealed class VerdictTests(CompiledChanges compiled)
{
    public static TheoryData<string> Names() => [.. ChangeCatalogue.All.Select(static change => change.Namespace)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_comparer_says_what_happens(string change)
    {
        Change expected = ChangeCatalogue.Find(change);

        Judgement judgement = Judgement.Of(compiled.Old.Facts, compiled.New.Facts, change);

        Assert.True(expected.Verdict == judgement.Verdict, $"{expected} is {expected.Verdict}; the comparer says {judgement.Verdict}:\n{judgement}");
        Assert.True(judgement.Rules.Contains(expected.NamedRule ?? expected.Rule) || (expected.Verdict == Verdict.Compatible && !judgement.Rules.Any()), $"{expected}: the comparer speaks of other rules:\n{judgement}");
    }
}
