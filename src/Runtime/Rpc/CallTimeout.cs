namespace Contracts.Ipc.Rpc;

/// <summary>Time spans of options as milliseconds on the wire and in the tables.</summary>
internal static class CallTimeout
{
    /// <returns>At least 1, or <see cref="Timeout.Infinite"/>.</returns>
    internal static int ToMilliseconds(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return Timeout.Infinite;
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        return (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue);
    }
}
