using Contracts.Ipc.Evolution.Tests.Changes;
using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Random;

/// <summary>Contracts and changes that nobody thought of: what the comparer calls compatible loses nothing, and what it calls breaking loses something.</summary>
[Collection(CompiledChangesCollection.Name)]
public sealed class RandomChangeTests(ITestOutputHelper output)
{
    private const int Pairs = 48;

    [Fact]
    public async Task Random_changes_do_what_the_comparer_says()
    {
        int seed = Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") is { } given ? (int)ulong.Parse(given, provider: null) : System.Random.Shared.Next();
        output.WriteLine($"CONTRACTS_TEST_SEED={seed}");
        var edits = new Edits(new System.Random(seed));
        List<(string Namespace, Schema Old, Schema New)> pairs = [];
        for (int i = 0; i < Pairs; i++)
        {
            Schema first = edits.First();
            pairs.Add(($"Pair{i}", first, edits.Next(first)));
        }

        ContractVersion old = ContractVersion.Compile(pairs.Select(static pair => SchemaSource.Of(pair.Old, pair.Namespace)));
        ContractVersion @new = ContractVersion.Compile(pairs.Select(static pair => SchemaSource.Of(pair.New, pair.Namespace)));
        await using Encounter encounter = await Encounter.BeginAsync(old, @new, [.. pairs.Select(static pair => pair.Namespace)], "inproc");

        var wrong = new List<string>();
        int breaking = 0;
        foreach ((string name, Schema before, Schema after) in pairs)
        {
            List<string> breaks =
            [
                .. await BreaksAsync(before, after, isNewClient: false, dropped => encounter.OldCallsNewAsync(name, dropped)),
                .. await BreaksAsync(after, before, isNewClient: true, dropped => encounter.NewCallsOldAsync(name, dropped)),
            ];
            Judgement judgement = Judgement.Of(old.Facts, @new.Facts, name);
            breaking += breaks.Count > 0 ? 1 : 0;
            bool agrees = judgement.Verdict switch
            {
                Verdict.Compatible => breaks.Count == 0,
                Verdict.Breaking => breaks.Count > 0 || judgement.BreakingRules.All(rule => IsLatent(rule, before, after)),
                _ => true,
            };
            if (!agrees)
            {
                wrong.Add($"{name} is called {judgement.Verdict}:\n{judgement}\n{string.Join('\n', breaks)}\n{SchemaSource.Declarations(before)}\n-----\n{SchemaSource.Declarations(after)}");
            }
        }

        output.WriteLine($"{breaking} of {Pairs} pairs break.");
        Assert.True(wrong.Count == 0, $"CONTRACTS_TEST_SEED={seed}: {wrong.Count} disagreements\n{string.Join("\n=====\n", wrong)}");
        Assert.InRange(breaking, Pairs / 10, Pairs * 9 / 10);
    }

    /// <summary>
    /// Whether a break needs more than what is sent here: a third version that uses a member or name again (6, 23, 24), a default that a caller leaves out (28), a value without a
    /// name (43); or an enum that travels and is closed (41, 42).
    /// </summary>
    private static bool IsLatent(int rule, Schema before, Schema after) => rule switch
    {
        6 or 23 or 24 or 28 or 43 => true,
        41 => !EnumTravels(before, after),
        42 => after.Enum.IsOpen || !EnumTravels(before, after),
        _ => false,
    };

    private static bool EnumTravels(Schema before, Schema after)
        => before.Message.Members.Any(member => member.Type == ValueType.Enum && after.Message.Find(member)?.Type == ValueType.Enum)
            || before.Methods.Any(method => after.Methods.Find(other => other.WireName == method.WireName) is { } other
                && method.Parameters.Zip(other.Parameters).Any(static pair => pair.First.Type == ValueType.Enum && pair.Second.Type == ValueType.Enum));

    private static async Task<IEnumerable<string>> BreaksAsync(Schema client, Schema server, bool isNewClient, Func<IReadOnlyList<bool>, Task<IReadOnlyList<string>>> call)
    {
        SchemaCall[] calls = [.. SchemaSource.Calls(client)];
        IReadOnlyList<string> outcomes = await call(new bool[calls.Length]);
        return calls.Select((call, i) => (call.Expression, Outcome: outcomes[i], Expected: Expectation.Of(call, client, server, isNewClient)))
            .Where(static result => result.Expected is not null ? result.Outcome != result.Expected : result.Outcome != nameof(IpcErrorCode.Unimplemented))
            .Select(result => $"{(isNewClient ? "new" : "old")} client: {result.Expression} became {result.Outcome}, not {result.Expected}");
    }
}
