using System.Diagnostics;
using System.Globalization;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>How the survivors of many kills fared.</summary>
internal sealed class Kills
{
    private readonly List<double> _milliseconds = [];

    /// <summary>How many a loop makes. CONTRACTS_KILLS asks for more.</summary>
    public static int Count { get; } = int.Parse(Environment.GetEnvironmentVariable("CONTRACTS_KILLS") ?? "10", CultureInfo.InvariantCulture);

    /// <summary>A new seed for each run, said to the reader of its output.</summary>
    public static Random NewRandom(ITestOutputHelper output)
    {
        int seed = int.Parse(Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") ?? Environment.TickCount.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        output.WriteLine($"Seed {seed}. Repeat with CONTRACTS_TEST_SEED={seed}.");
        return new Random(seed);
    }

    /// <summary>Kills, and measures how long after the death was reported the survivor gets what it wants.</summary>
    public void Measure(PeerProcess victim, Action survive)
    {
        long dead = victim.Kill();
        survive();
        Note(dead, Stopwatch.GetTimestamp());
    }

    /// <summary>Somebody died, and the survivor went on: maybe before the death was reported here.</summary>
    public void Note(long died, long wentOn) => _milliseconds.Add(Stopwatch.GetElapsedTime(died, Math.Max(died, wentOn)).TotalMilliseconds);

    /// <summary>Nearly every survivor went on within a tenth of a second; on a machine that is busy otherwise, one may have been slow to get a processor.</summary>
    public void AssertPrompt(ITestOutputHelper output)
    {
        double[] sorted = [.. _milliseconds.Order()];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sorted.Length} kills: survivors went on after {sorted[sorted.Length / 2]:0.000} ms (median), {sorted[(int)Math.Ceiling(0.99 * (sorted.Length - 1))]:0.000} ms (99th percentile), {sorted[^1]:0.000} ms (longest)."));
        Assert.InRange(sorted[sorted.Length / 2], 0, 100);
        Assert.InRange(sorted[^1], 0, 2000);
    }
}
