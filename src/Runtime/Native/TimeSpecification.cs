namespace Contracts.Ipc.Native;

/// <summary>struct timespec of a 64-bit system.</summary>
internal readonly struct TimeSpecification(long nanoseconds)
{
    private const long PerSecond = 1_000_000_000;

    /// <summary>Whole seconds.</summary>
    public readonly long Seconds = nanoseconds / PerSecond;

    /// <summary>The rest.</summary>
    public readonly long Nanoseconds = nanoseconds % PerSecond;
}
