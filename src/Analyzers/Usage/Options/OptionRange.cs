namespace Contracts.Ipc.Analyzers.Usage.Options;

/// <summary>What values an option takes, and what happens otherwise.</summary>
/// <param name="allowed">As the end of "allowed is …".</param>
/// <param name="otherwise">What happens if it is not.</param>
internal sealed class OptionRange(string allowed, string otherwise)
{
    private const int MinimumRing = 128 * 1024;
    private const int MaximumRing = 8 * 1024 * 1024;

    internal string Allowed { get; } = allowed;

    internal string Otherwise { get; } = otherwise;

    /// <summary>The range that a number leaves; null if it is allowed.</summary>
    internal static OptionRange? LeftBy(string option, long value) => option switch
    {
        "RingCapacity" when value is < MinimumRing or > MaximumRing || (value & (value - 1)) != 0 => new("a power of two from 128 KiB to 8 MiB", "the setter throws"),
        "QueueCapacity" when value <= 0 => new("null, or at least 1", "the setter throws"),
        "MaximumCallsPerConnection" when value is <= 0 or > ushort.MaxValue => new("1 to 65535", "no call, or more calls than the protocol can number, would be let in"),
        "MaximumConnections" or "MaximumHandshakes" when value <= 0 => new("at least 1", "no client would ever be let in"),
        "MaximumMessageLength" or "MaximumQueuedBytes" or "MaximumFragmentBytes" when value <= 0 => new("at least 1", "every message would be refused"),
        _ => null,
    };

    /// <summary>The range that a time leaves; null if it is allowed.</summary>
    internal static OptionRange? LeftBy(string option, TimeSpan value) => option switch
    {
        "DefaultTimeout" or "Timeout" when value <= TimeSpan.Zero && value != ConstantTime.Infinite => new("a time, or Timeout.InfiniteTimeSpan for no deadline", "connecting or calling throws"),
        "HandshakeTimeout" or "ConnectTimeout" when value <= TimeSpan.Zero && value != ConstantTime.Infinite => new("a time, or Timeout.InfiniteTimeSpan", "every connection would fail at once"),
        "StallTimeout" when value <= TimeSpan.Zero && value != ConstantTime.Infinite => new("a time, or Timeout.InfiniteTimeSpan", "a connection would be closed as soon as anything waits"),
        "FullTimeout" when value < TimeSpan.Zero && value != ConstantTime.Infinite => new("zero, a time, or Timeout.InfiniteTimeSpan", "the setter throws"),
        "DrainTimeout" or "ExitTimeout" when value < TimeSpan.Zero && value != ConstantTime.Infinite => new("zero, a time, or Timeout.InfiniteTimeSpan", "stopping throws"),
        "PollingBudget" when value < TimeSpan.Zero => new("zero or a time", "there is no waiting shorter than none"),
        _ => null,
    };

    /// <summary>The power of two that is nearest to what was written.</summary>
    internal static int NearestRing(long value)
    {
        int nearest = MinimumRing;
        for (int capacity = MinimumRing; capacity <= MaximumRing; capacity *= 2)
        {
            nearest = Math.Abs(capacity - value) < Math.Abs(nearest - value) ? capacity : nearest;
        }

        return nearest;
    }
}
