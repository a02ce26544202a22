using System.Globalization;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>What the system allows System V queues: read each time, because it can be changed at any time, and differs between IPC namespaces.</summary>
/// <param name="MessageLength">Bytes of the longest message that is sent: at least two of them fit into a queue.</param>
/// <param name="Capacity">Bytes in a queue.</param>
/// <param name="Queues">Queues in the whole system.</param>
internal readonly record struct QueueLimits(int MessageLength, long Capacity, long Queues)
{
    private const string Directory = "/proc/sys/kernel/";
    private const int LongestMessage = 64 * 1024;

    /// <summary>As the kernel has them where it does not say.</summary>
    private static readonly QueueLimits Usual = new(8192, 16384, 32000);

    /// <summary>Today's.</summary>
    public static QueueLimits Read()
    {
        long capacity = Value("msgmnb") ?? Usual.Capacity;
        return Usual with { Queues = Value("msgmni") ?? Usual.Queues } with { Capacity = capacity, MessageLength = LongestFor(capacity) };
    }

    /// <summary>The longest message for a queue of this capacity.</summary>
    public static int LongestFor(long capacity) => (int)Math.Min(Math.Min(Value("msgmax") ?? Usual.MessageLength, capacity / 2), LongestMessage);

    private static long? Value(string name)
    {
        try
        {
            return long.TryParse(File.ReadAllText(Directory + name), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long value) ? value : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
