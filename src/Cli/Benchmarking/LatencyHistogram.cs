using System.Diagnostics;
using System.Numerics;

namespace Contracts.Ipc.Cli.Benchmarking;

/// <summary>
/// Counts how long calls took, in buckets that are at most 1/64 of their value wide: any number of calls in 30 KiB, nothing allocated while measuring.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int PrecisionBits = 6;
    private const int SubBuckets = 1 << PrecisionBits;

    private readonly long[] _counts = new long[(64 - PrecisionBits) * SubBuckets];
    private double _sum;

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, in microseconds.</summary>
    public double Maximum { get; private set; }

    /// <summary>The mean, in microseconds.</summary>
    public double Mean => Count == 0 ? 0 : _sum / Count;

    /// <summary>Counts one.</summary>
    /// <param name="elapsed">How long it took.</param>
    public void Add(TimeSpan elapsed) => AddNanoseconds((long)elapsed.TotalNanoseconds);

    /// <summary>Counts one.</summary>
    /// <param name="ticks">How long it took, as <see cref="Stopwatch"/> counts.</param>
    public void AddTicks(long ticks) => AddNanoseconds((long)(ticks * (1e9 / Stopwatch.Frequency)));

    /// <summary>Counts what another one has counted.</summary>
    public void Add(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        _sum += other._sum;
        Maximum = Math.Max(Maximum, other.Maximum);
    }

    /// <summary>The time within which this part of the calls ended, in microseconds; 0 if there were none.</summary>
    /// <param name="part">Between 0 and 1: the median is 0.5.</param>
    public double Quantile(double part)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(part * Count));
        long seen = 0;
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank && Count > 0)
            {
                return Math.Min(UpperBound(bucket) / 1000.0, Maximum);
            }
        }

        return 0;
    }

    private void AddNanoseconds(long nanoseconds)
    {
        nanoseconds = Math.Max(nanoseconds, 0);
        _counts[BucketOf(nanoseconds)]++;
        Count++;
        double microseconds = nanoseconds / 1000.0;
        _sum += microseconds;
        Maximum = Math.Max(Maximum, microseconds);
    }

    // Values below SubBuckets have a bucket each. Above, the leading bit chooses a row, and the bits behind it a place in the row.
    private static int BucketOf(long value)
    {
        if (value < SubBuckets)
        {
            return (int)value;
        }

        int shift = 63 - BitOperations.LeadingZeroCount((ulong)value) - PrecisionBits;
        return ((shift + 1) << PrecisionBits) + (int)(value >> shift) - SubBuckets;
    }

    private static double UpperBound(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return bucket;
        }

        int shift = (bucket >> PrecisionBits) - 1;
        long begin = (long)((bucket & (SubBuckets - 1)) + SubBuckets) << shift;
        return begin + (1L << shift) - 1;
    }
}
