using System.Diagnostics;
using Contracts.Ipc.Benchmarks.SharedMemory.Processes;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Benchmarks.SharedMemory.Experiments;

/// <summary>Two processes wake each other in turn, and both sleep in between: a change of a segment there and one back, an event there and one back.</summary>
internal static class Wake
{
    public const string Name = "wake";
    private const string Change = "change";
    private const string Event = "event";
    private const string There = "-there";
    private const string Back = "-back";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(500);

    public static IEnumerable<Figure> Measure(int partner) => [.. Changes(partner), .. Events(partner)];

    public static void Assist(string variant, string name, Stop stop)
    {
        if (variant == Change)
        {
            using var asked = SharedSegment<Bytes64>.Open(name + There);
            using var answered = SharedSegment<Bytes64>.Open(name + Back);
            long version = 0;
            Partner.Work(stop, () => Answer(asked, answered, ref version));
        }
        else
        {
            using var asked = SharedEvent.Open(name + There);
            using var answered = SharedEvent.Open(name + Back);
            Partner.Work(stop, () => Answer(asked, answered));
        }
    }

    private static List<Figure> Changes(int processor)
    {
        string name = ObjectName.Fresh();
        var options = new SharedMemoryOptions { UnlinkOnDispose = true };
        using var ask = SharedSegment<Bytes64>.Create(name + There, options);
        using var answer = SharedSegment<Bytes64>.Create(name + Back, options);
        using Partner partner = Partner.Start(processor, Name, Change, name);
        long version = 0;
        var value = default(Bytes64);
        return Time(Change, partner, () =>
        {
            value.First++;
            ask.Write(in value);
            Check(answer.WaitForChange(version, Patience));
            _ = answer.Read(out version);
        });
    }

    private static int Answer(SharedSegment<Bytes64> asked, SharedSegment<Bytes64> answered, ref long version)
    {
        if (!asked.WaitForChange(version, Patience))
        {
            return 0;
        }

        Bytes64 value = asked.Read(out version);
        answered.Write(in value);
        return 1;
    }

    private static List<Figure> Events(int processor)
    {
        string name = ObjectName.Fresh();
        using var ask = SharedEvent.Create(name + There, SharedEventMode.AutoReset);
        using var answer = SharedEvent.Create(name + Back, SharedEventMode.AutoReset);
        try
        {
            using Partner partner = Partner.Start(processor, Name, Event, name);
            return Time(Event, partner, () =>
            {
                ask.Set();
                Check(answer.Wait(Patience));
            });
        }
        finally
        {
            SharedEvent.Unlink(name + There);
            SharedEvent.Unlink(name + Back);
        }
    }

    private static int Answer(SharedEvent asked, SharedEvent answered)
    {
        if (!asked.Wait(Patience))
        {
            return 0;
        }

        answered.Set();
        return 1;
    }

    private static List<Figure> Time(string what, Partner partner, Action roundTrip)
    {
        _ = Repeat(roundTrip, WarmUp, times: null);
        var times = new List<double>(capacity: 1 << 20);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        _ = Repeat(roundTrip, Measured, times);
        double bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / times.Count;
        bytes += partner.Stop();
        times.Sort();
        return [new($"wake-{what}-p50", times[times.Count / 2], bytes), new($"wake-{what}-p99", times[times.Count * 99 / 100], bytes)];
    }

    private static int Repeat(Action roundTrip, TimeSpan duration, List<double>? times)
    {
        int count = 0;
        long begin = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(begin) < duration; count++)
        {
            long start = Stopwatch.GetTimestamp();
            roundTrip();
            times?.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return count;
    }

    private static void Check(bool isAnswered)
    {
        if (!isAnswered)
        {
            throw new InvalidOperationException("The partner does not answer.");
        }
    }
}
