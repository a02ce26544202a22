using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>What became of a signal.</summary>
internal enum SignalOutcome
{
    /// <summary>It waits for the process, or has been delivered.</summary>
    Queued,

    /// <summary>So many signals wait for processes of the receiver's user that the kernel takes no more: RLIMIT_SIGPENDING of the receiver.</summary>
    Full,

    /// <summary>The process has ended.</summary>
    Gone,
}

/// <summary>Real-time signals, signal(7): unlike the others they queue, so that each one that is sent arrives.</summary>
/// <remarks>
/// What kill(2) sends is dropped in silence when the queue is full and one of the number waits already; only signals that say SI_QUEUE are
/// refused with EAGAIN. So <see cref="TrySend"/> always says SI_QUEUE.
/// </remarks>
internal static unsafe partial class RealTimeSignals
{
    // The same number on every architecture. Since Linux 5.1; not wrapped by libc.
    private const nint SendSignalNumber = 424;
    private const int QueuedByUser = -1;
    private const int InformationLength = 128;

    // struct siginfo begins with three ints; the union behind them holds pointers and is aligned as they are.
    private static readonly int SenderOffset = nint.Size == 8 ? 16 : 12;

    /// <summary>False where the kernel does not have pidfd_send_signal(2). Tests set it.</summary>
    internal static bool CanSendToDescriptors { get; set; } = true;

    /// <summary>The first that a program may use: libc keeps those below SIGRTMIN for threads, and .NET suspends threads with SIGRTMIN itself.</summary>
    public static int First { get; } = MinimumCall() + 1;

    /// <summary>The last: SIGRTMAX.</summary>
    public static int Last { get; } = MaximumCall();

    /// <summary>As people and shells call it: <c>RTMIN+2</c>.</summary>
    public static string NameOf(int signal) => $"RTMIN+{signal - First + 1}";

    /// <summary>Queues a signal to a process.</summary>
    /// <param name="descriptor">Stands for the process, so that no other one is hit; null where there are no such descriptors.</param>
    /// <param name="process">Its id.</param>
    /// <param name="signal">The number.</param>
    /// <exception cref="NativeException">This process may not send signals to that one (EPERM), or anything else.</exception>
    public static SignalOutcome TrySend(SafeDescriptor? descriptor, int process, int signal)
    {
        if (descriptor is not null && CanSendToDescriptors)
        {
            byte* information = stackalloc byte[InformationLength];
            new Span<byte>(information, InformationLength).Clear();
            *(int*)information = signal;
            *(int*)(information + 8) = QueuedByUser;
            *(int*)(information + SenderOffset) = Environment.ProcessId;
            *(uint*)(information + SenderOffset + 4) = RealUserId();
            if (SendToDescriptor(SendSignalNumber, descriptor, signal, information, 0) == 0)
            {
                return SignalOutcome.Queued;
            }

            if (NativeError.Last != Errno.ENOSYS)
            {
                return Outcome("pidfd_send_signal");
            }

            CanSendToDescriptors = false;
        }

        return Queue(process, signal, 0) == 0 ? SignalOutcome.Queued : Outcome("sigqueue");
    }

    private static SignalOutcome Outcome(string call) => NativeError.Last switch
    {
        Errno.EAGAIN => SignalOutcome.Full,
        Errno.ESRCH => SignalOutcome.Gone,
        int error => throw new NativeException(call, error),
    };

    [LibraryImport("libc", EntryPoint = "__libc_current_sigrtmin")]
    private static partial int MinimumCall();

    [LibraryImport("libc", EntryPoint = "__libc_current_sigrtmax")]
    private static partial int MaximumCall();

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint RealUserId();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SendToDescriptor(nint number, SafeDescriptor process, nint signal, void* information, nint flags);

    [LibraryImport("libc", EntryPoint = "sigqueue", SetLastError = true)]
    private static partial int Queue(int process, int signal, nint value);
}
