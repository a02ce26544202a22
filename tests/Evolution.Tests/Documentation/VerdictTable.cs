using System.Globalization;
using System.Text;
using Contracts.Ipc.Evolution.Tests.Changes;
using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Documentation;

/// <summary>The changes that are tried, as a table of the documentation.</summary>
internal static class VerdictTable
{
    private static readonly (string Title, int Last)[] Sections =
    [
        ("Contracts and methods", 15), ("Parameters", 20), ("Members of messages, defaults", 32), ("Types of values", 40), ("Enums", 45), ("Unions", 47),
    ];

    internal static string Write()
    {
        var text = new StringBuilder();
        int first = 1;
        foreach ((string title, int last) in Sections)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"\n### {title}\n\n| rule | change | verdict | old client, new server | new client, old server |\n| ---: | --- | --- | --- | --- |\n");
            foreach (Change change in ChangeCatalogue.All.Where(change => change.Rule >= first && change.Rule <= last))
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"| {change.Rule} | {change.Name} | {VerdictOf(change)} | {Cell(change.OldClient)} | {Cell(change.NewClient)} |\n");
            }

            first = last + 1;
        }

        _ = text.Append("\n### What two versions cannot show\n\n| rule | why |\n| ---: | --- |\n");
        foreach ((int rule, string reason) in CoverageTests.NotShown)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"| {rule} | {reason} |\n");
        }

        return text.Append('\n').ToString();
    }

    private static string VerdictOf(Change change) => change switch
    {
        { Latent: { } reason } => $"**breaking**, later: {reason}",
        { Verdict: Verdict.Breaking } => "**breaking**",
        { Verdict: Verdict.Warning } => "warning",
        _ => "compatible",
    };

    private static string Cell(IReadOnlyList<Call> calls)
    {
        string[] effects = [.. calls.Select(Describe).Distinct()];
        return effects.Length == 0 ? "–" : string.Join("; ", effects.Length > 1 ? effects.Where(static effect => effect != Works) : effects);
    }

    private const string Works = "works";

    private static string Describe(Call call) => call.Expected.Effect switch
    {
        Effect.Works => Works,
        Effect.IsNew when call.IsDropped => "what is new is dropped",
        Effect.IsNew => "what is new is `Unimplemented`",
        Effect.Misreads => $"means something else: `{call.Expected.Text}`",
        _ => $"`{call.Expected.Text.Split(" = ")[^1]}`",
    };
}
