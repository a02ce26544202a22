using System.Globalization;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Benchmarking;

/// <summary>Shows figures.</summary>
internal static class BenchPage
{
    public static void Show(BenchReport report, Page page)
    {
        page.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Method} at {report.Endpoint}, {report.Concurrency} {(report.Concurrency == 1 ? "caller" : "callers")}: {report.Calls:#,0} calls in {report.Seconds:0.0} s, {report.CallsPerSecond:#,0} a second"));
        Grid grid = new Grid("p50", "p90", "p99", "p99.9", "max", "mean").Numbers(0, 1, 2, 3, 4, 5);
        LatencyReport latency = report.Latency;
        double[] figures = [latency.P50, latency.P90, latency.P99, latency.P999, latency.Max, latency.Mean];
        grid.Add([.. figures.Select(figure => new Cell(Quantity.Microseconds(figure)))]);
        page.Table(grid);
        foreach (string advice in report.Advice)
        {
            page.Line(advice, Tone.Faint);
        }
    }
}
