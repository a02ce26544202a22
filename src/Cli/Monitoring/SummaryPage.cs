using System.Globalization;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Monitoring;

/// <summary>Shows what was seen in all.</summary>
internal static class SummaryPage
{
    public static void Show(MonitorSummary summary, Page page)
    {
        page.Line();
        page.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Calls:#,0} calls in {summary.Seconds:0.0} s, {summary.Errors:#,0} failed{(summary.Lost == 0 ? "" : $", {summary.Lost:#,0} more were not seen")}."));
        Grid grid = new Grid("Method", "Calls", "Failed", "p50", "p99", "max").Numbers(1, 2, 3, 4, 5);
        foreach (MethodSummary method in summary.Methods)
        {
            grid.Add(
                method.Method,
                method.Calls,
                new Cell(method.Errors.ToString(CultureInfo.InvariantCulture), method.Errors == 0 ? Tone.Normal : Tone.Bad),
                Quantity.Microseconds(method.P50),
                Quantity.Microseconds(method.P99),
                Quantity.Microseconds(method.Max));
        }

        page.Table(grid);
    }
}
