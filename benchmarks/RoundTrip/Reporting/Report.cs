using System.Globalization;
using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;
using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Reporting;

/// <summary>Two tables in Markdown: what was measured, and how it stands to the targets.</summary>
internal sealed class Report(Results results, IReadOnlyList<Placement> placements, TextWriter output)
{
    public void Write()
    {
        foreach (Placement placement in placements)
        {
            WriteFigures(placement);
        }

        WriteTargets();
    }

    private void WriteFigures(Placement placement)
    {
        output.WriteLine($"### Client and server {placement.Name}");
        output.WriteLine();
        output.WriteLine("| scenario | p50 µs | p99 µs | p99.9 µs | calls/s | B/call client | B/call server | CPU µs/call client | CPU µs/call server | load % client | load % server | MB/s one way | MB/s both ways |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        WriteFloor("C, polling Unix socket, 64 bytes (`floor udspoll`)", FloorNames.Polling, placement);
        WriteFloor("C, blocking Unix socket, 64 bytes (`floor uds`)", FloorNames.Blocking, placement);
        WriteFloor("C, polling shared memory, 64 bytes (`floor spin`)", FloorNames.Spinning, placement);
        WriteFloor("C, asleep on a futex, 64 bytes (`floor futex`)", FloorNames.Futex, placement);
        WriteFloor("C, asleep on a condition variable, 64 bytes (`floor pthread`)", FloorNames.Condition, placement);
        WriteFloor("C, asleep in a POSIX queue, 64 bytes (`floor mq`)", FloorNames.PosixQueue, placement);
        WriteFloor("C, asleep in a pair of pipes, 64 bytes (`floor fifo`)", FloorNames.Fifo, placement);
        WriteFloor("C, asleep in a System V queue, 64 bytes (`floor sysv`)", FloorNames.SystemVQueue, placement);
        foreach (Scenario scenario in Catalogue.All)
        {
            if (results.Runs(scenario.Name, placement).Count > 0)
            {
                WriteScenario(scenario, placement);
            }
        }

        output.WriteLine();
    }

    private void WriteFloor(string title, string name, Placement placement)
    {
        if (results.Runs(name, placement).Count > 0)
        {
            output.WriteLine(
                $"| {title} | {Latency(name, placement)} | {Text(results.Median(name, placement, static m => m.CallsPerSecond), 0)} | | | | | | | | |");
        }
    }

    private void WriteScenario(Scenario scenario, Placement placement)
    {
        string name = scenario.Name;
        bool calls = results.Runs(name, placement)[0].Calls > 0;
        string latency = results.Runs(name, placement)[0].P50 > 0 ? Latency(name, placement) : "| |";
        double? rate = results.Median(name, placement, static m => m.CallsPerSecond);
        double? megabytes = rate * scenario.PayloadLength / 1e6;
        bool bulk = scenario.PayloadLength > 0;
        output.WriteLine(string.Join(
            " | ",
            $"| {scenario.Title}",
            latency,
            calls ? Text(rate, 0) : "",
            calls ? Median(static m => m.ClientBytes, 1) : "",
            calls ? Median(static m => m.ServerBytes, 1) : "",
            calls ? Median(static m => m.ClientCpu, 2) : "",
            calls ? Median(static m => m.ServerCpu, 2) : "",
            Median(static m => m.ClientLoad, 2),
            Median(static m => m.ServerLoad, 2),
            bulk ? Text(megabytes, 0) : "",
            (bulk ? Text(2 * megabytes, 0) : "") + " |"));

        string Median(Func<Measurement, double> figure, int digits) => Text(results.Median(name, placement, figure), digits);
    }

    private string Latency(string name, Placement placement)
        => string.Join(
            " | ",
            Text(results.Median(name, placement, static m => m.P50), 2),
            Text(results.Median(name, placement, static m => m.P99), 2),
            Text(results.Median(name, placement, static m => m.P999), 2));

    private void WriteTargets()
    {
        output.WriteLine("### Targets");
        output.WriteLine();
        output.WriteLine("| scenario | placement | figure | measured | floor | ratio | target | |");
        output.WriteLine("|---|---|---|---:|---:|---:|---:|---|");
        foreach (Target target in Target.All)
        {
            foreach (Placement placement in placements)
            {
                WriteTarget(target, placement);
            }
        }
    }

    private void WriteTarget(Target target, Placement placement)
    {
        double? measured = results.Median(target.Scenario, placement, target.Figure);
        double? judged = target.Floor is null ? measured : results.MedianRatio(target.Scenario, target.Floor, placement, target.Figure);
        if (measured is null || judged is null)
        {
            return;
        }

        double? floor = target.Floor is null ? null : results.Median(target.Floor, placement, target.Figure);
        bool applies = placement.IsAcross || !target.AcrossOnly;
        string verdict = !applies ? "reported" : target.IsStretchMet(judged.Value) ? "met, stretch too" : target.IsMet(judged.Value) ? "met" : "**missed**";
        string sign = target.AtLeast ? ">=" : "<=";
        string limit = target.Floor is null ? $"{sign} {Number(target.Limit)} {target.Unit}".TrimEnd() : $"{sign} {Number(target.Limit)}x {FloorTitle(target.Floor)}";
        string stretch = target.Stretch is { } more ? $" (stretch {Number(more)})" : "";
        output.WriteLine(
            $"| {Catalogue.Find(target.Scenario).Title} | {placement.Name} | {target.What} | {Text(measured, Digits(measured))} {target.Unit} | {Text(floor, Digits(floor))} | {(floor is null ? "" : Text(judged, 2))} | {limit}{stretch} | {verdict} |");
    }

    private static string FloorTitle(string floor) => Catalogue.All.FirstOrDefault(scenario => scenario.Name == floor)?.Title ?? floor;

    private static int Digits(double? value) => value switch { >= 1000 => 0, >= 100 => 1, _ => 2 };

    private static string Text(double? value, int digits)
        => value is { } number ? number.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), SpacedThousands) : "";

    private static string Number(double value) => value.ToString(value >= 1000 ? "N0" : "0.##", SpacedThousands);

    private static readonly NumberFormatInfo SpacedThousands = new() { NumberGroupSeparator = " " };
}
