using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>What happens when a client of one version meets a server of the other.</summary>
[Collection(CompiledChangesCollection.Name)]
public sealed class ChangeTests(CompiledChanges compiled)
{
    public static TheoryData<string, string> Meetings()
    {
        var meetings = new TheoryData<string, string>();
        foreach (string transport in CompiledChanges.Transports)
        {
            foreach (Change change in ChangeCatalogue.All)
            {
                meetings.Add(change.Namespace, transport);
            }
        }

        return meetings;
    }

    [Theory]
    [MemberData(nameof(Meetings))]
    public async Task Old_and_new_get_along_as_the_rules_say(string change, string transport)
    {
        Change expected = ChangeCatalogue.Find(change);
        Encounter encounter = compiled.Over(transport);

        IReadOnlyList<string> old = await encounter.OldCallsNewAsync(change, [.. expected.OldClient.Select(static call => call.IsDropped)]);
        IReadOnlyList<string> @new = await encounter.NewCallsOldAsync(change, [.. expected.NewClient.Select(static call => call.IsDropped)]);

        Assert.Equal(
            (Lines(expected.OldClient.Select(static call => call.Expected.Text)), Lines(expected.NewClient.Select(static call => call.Expected.Text))),
            (Lines(old), Lines(@new)));
    }

    private static string Lines(IEnumerable<string> texts) => string.Join('\n', texts);
}
