using System.Globalization;

namespace Contracts.Ipc.Benchmarks.SharedMemory;

/// <summary>Tables in Markdown.</summary>
internal sealed class Report(Results results, TextWriter output)
{
    private static readonly NumberFormatInfo SpacedThousands = new() { NumberGroupSeparator = " " };

    public void Write()
    {
        output.WriteLine("### One thread, nobody else");
        output.WriteLine();
        output.WriteLine("| operation | ns | C, ns | ratio | bytes allocated |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        Time("`SharedSegment.Read`, 64 bytes", "read64", "read64");
        Time("`SharedSegment.Read`, 256 bytes", "read256", "read256");
        Time("`SharedSegment.Write`, 64 bytes", "write64", "write64");
        Time("`SharedSegment.Write`, 256 bytes", "write256", "write256");
        Time("`SharedSegment.Update`, 64 bytes", "update64", "write64");
        Time("`SharedSegment.Update`, 256 bytes", "update256", "write256");
        Time("`SharedSegment.Lock` and dispose", "lock64", "robust");
        Time("`SharedMutex.Lock` and dispose", "mutex", "robust");
        Time("`SharedSemaphore.Wait` and `Release`", "semaphore", "semaphore");
        Time("`SharedReaderWriterLock.LockRead` and dispose", "rwlock-read", "rwlock");
        Time("`SharedReaderWriterLock.LockWrite` and dispose", "rwlock-write", null);
        Time("`SharedEvent.Set` and `Wait`, automatic reset", "event", null);
        Time("`SharedQueue.TryEnqueue` and `TryDequeue`, 16 bytes", "queue16", null);
        Time("`SharedQueue.TryEnqueue` and `TryDequeue`, 64 bytes", "queue64", null);
        output.WriteLine();

        output.WriteLine("### A reader, while another process publishes at full speed");
        output.WriteLine();
        output.WriteLine("| operation | ns | C, ns | ratio | bytes allocated, both sides |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        Time("`SharedSegment.Read`, 64 bytes", "race64", "race64");
        Time("`SharedSegment.Read`, 256 bytes", "race256", "race256");
        output.WriteLine();

        output.WriteLine("### `SharedQueue` from one process to another");
        output.WriteLine();
        output.WriteLine("| items | items/s | ns for one item | GB/s | bytes allocated for one item, both sides |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        Rate("16 bytes, one at a time", "single16", 16);
        Rate("16 bytes, 64 at a time", "batch16", 16);
        Rate("64 bytes, one at a time", "single64", 64);
        Rate("64 bytes, 64 at a time", "batch64", 64);
        output.WriteLine();
        output.WriteLine($"`memcpy` of 1 MiB in C: {Text((1 << 20) / results.Median(Floors.Name("memcpy")), 1)} GB/s.");
        output.WriteLine();

        output.WriteLine("### Two sleeping processes wake each other: there and back");
        output.WriteLine();
        output.WriteLine("| | placement | p50 µs | p99 µs | C, futex, p50 µs | p99 µs | ratio p50 | bytes allocated, both sides |");
        output.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
        foreach ((string placement, string suffix) in (ReadOnlySpan<(string, string)>)[("across cores", ""), ("same core", Coordinator.SameCore)])
        {
            RoundTrip("`Write`, `WaitForChange`, `Read`", "wake-change", placement, suffix);
            RoundTrip("`SharedEvent.Set`, `Wait`", "wake-event", placement, suffix);
        }
    }

    private void Time(string title, string name, string? floor)
    {
        string? beside = floor is null ? null : Floors.Name(floor);
        output.WriteLine($"| {title} | {Text(results.Median(name), 1)} | {Text(results.Median(beside), 1)} | {Text(results.Ratio(name, beside), 2)} | {Text(results.Bytes(name), 1)} |");
    }

    private void Rate(string title, string name, int size)
    {
        double? time = results.Median(name);
        output.WriteLine($"| {title} | {Text(1e9 / time, 0)} | {Text(time, 1)} | {Text(size / time, 2)} | {Text(results.Bytes(name), 1)} |");
    }

    private void RoundTrip(string title, string name, string placement, string suffix)
    {
        string p50 = $"{name}-p50{suffix}", floor50 = Floors.Name("wake-p50") + suffix, floor99 = Floors.Name("wake-p99") + suffix;
        output.WriteLine(string.Join(
            " | ",
            $"| {title}",
            placement,
            Text(results.Median(p50) / 1000, 1),
            Text(results.Median($"{name}-p99{suffix}") / 1000, 1),
            Text(results.Median(floor50) / 1000, 1),
            Text(results.Median(floor99) / 1000, 1),
            Text(results.Ratio(p50, floor50), 2),
            Text(results.Bytes(p50), 1) + " |"));
    }

    private static string Text(double? value, int digits)
        => value is { } number ? number.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), SpacedThousands) : "";
}
