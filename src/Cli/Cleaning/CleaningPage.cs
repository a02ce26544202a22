using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Cleaning;

/// <summary>Shows what became of what.</summary>
internal static class CleaningPage
{
    public static void Show(CleaningReport report, Page page)
    {
        var grid = new Grid("Fate", "Kind", "Name", "Made by", "Reason");
        foreach (CleanedObject one in report.Objects)
        {
            grid.Add(Word(one.Fate), one.Kind, one.Name, $"{one.ProcessId}", one.Reason);
        }

        page.Table(grid);
        page.Line(Summary(report), Tone.Faint);
    }

    private static string Summary(CleaningReport report)
    {
        int spared = report.Objects.Count(one => one.Fate == ObjectFate.Spared);
        int failed = report.Objects.Count(one => one.Fate == ObjectFate.Failed);
        int gone = report.Objects.Count - spared - failed;
        return report.Objects.Count == 0
            ? "Dead processes have left nothing."
            : $"{gone} {(report.IsDryRun ? "would be removed" : "removed")}, {spared} spared, {failed} failed.";
    }

    private static Cell Word(ObjectFate fate) => fate switch
    {
        ObjectFate.Removed => new Cell("removed", Tone.Good),
        ObjectFate.WouldBeRemoved => new Cell("would be removed", Tone.Warning),
        ObjectFate.Spared => new Cell("spared", Tone.Faint),
        _ => new Cell("failed", Tone.Bad),
    };
}
