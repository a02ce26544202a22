using System.Globalization;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.PosixQueue;

/// <summary>What the system lets this user have of POSIX message queues, now.</summary>
/// <param name="Depth">/proc/sys/fs/mqueue/msg_max: messages in a queue.</param>
/// <param name="MessageLength">/proc/sys/fs/mqueue/msgsize_max: bytes in a message.</param>
/// <param name="Queues">/proc/sys/fs/mqueue/queues_max: queues in the system.</param>
/// <param name="Bytes">RLIMIT_MSGQUEUE: bytes of all queues of this user, as the kernel counts them.</param>
internal readonly record struct PosixQueueLimits(int Depth, int MessageLength, int Queues, ulong Bytes)
{
    private const string Directory = "/proc/sys/fs/mqueue/";

    /// <summary>Reads them. Where /proc does not tell, the kernel's defaults.</summary>
    public static PosixQueueLimits Read() => new(Read("msg_max", 10), Read("msgsize_max", 8192), Read("queues_max", 256), ResourceLimit.QueueBytes);

    private static int Read(string name, int otherwise)
    {
        try
        {
            return int.TryParse(File.ReadAllText(Directory + name), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }
}
