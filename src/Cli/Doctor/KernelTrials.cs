using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Cli.Doctor;

/// <summary>
/// Tries what the kernel offers, with the very calls that the transports make. A version number would not do: filters of system calls (containers)
/// and back-ported patches make it lie in both directions.
/// </summary>
internal static unsafe class KernelTrials
{
    private const int SocketLevel = 1;
    private const int PeerProcess = 77; // SO_PEERPIDFD

    /// <summary>Memory whose size nobody can change any more.</summary>
    public static bool SealsMemory() => Succeeds(() =>
    {
        using SafeDescriptor memory = SharedFile.CreateAnonymous("contracts-doctor");
        SharedFile.Seal(memory, SharedFile.FixedSize);
        return true;
    });

    /// <summary>A descriptor of a process.</summary>
    public static bool OpensProcesses() => Succeeds(() =>
    {
        using SafeDescriptor? process = ProcessDescriptor.TryOpen(Environment.ProcessId, out _);
        return process is not null;
    });

    /// <summary>A descriptor of the process at the other end of a socket.</summary>
    public static bool TellsPeerProcesses() => Succeeds(() =>
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        // Bound to no name: the kernel chooses one outside of the file system.
        listener.Bind(new UnixDomainSocketEndPoint($"\0contracts-doctor-{Environment.ProcessId}-{Guid.NewGuid():N}"));
        listener.Listen(1);
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(listener.LocalEndPoint!);
        Span<byte> descriptor = stackalloc byte[sizeof(int)];
        _ = client.GetRawSocketOption(SocketLevel, PeerProcess, descriptor);
        using var process = new SafeDescriptor(MemoryMarshal.Read<int>(descriptor));
        return true;
    });

    /// <summary>A lock whose next taker is told that the last one died holding it.</summary>
    public static bool RecoversMutexes() => Succeeds(() =>
    {
        byte* mutex = (byte*)NativeMemory.AlignedAlloc(RobustMutex.ReservedSize, RobustMutex.ReservedSize);
        NativeMemory.Clear(mutex, RobustMutex.ReservedSize);
        RobustMutex.Initialize(mutex);
        var holder = new Thread(() => RobustMutex.TryLock(mutex));
        holder.Start();
        holder.Join();

        // Join returns when the managed thread has ended; the kernel marks the lock when the thread itself is gone.
        long deadline = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
        MutexState state = RobustMutex.Lock(mutex, deadline);
        if (state == MutexState.OwnerDied)
        {
            RobustMutex.MarkConsistent(mutex);
            RobustMutex.Unlock(mutex);
            NativeMemory.AlignedFree(mutex);
        }

        // Otherwise the memory is left: a thread of the kernel's list may still point into it.
        return state == MutexState.OwnerDied;
    });

    /// <summary>One sleep for many words.</summary>
    public static bool WaitsForManyWords() => Succeeds(() =>
    {
        int word = 0;
        FutexWord own = FutexWord.Own(&word, 1);
        return FutexVector.Wait(&own, 1, Stopwatch.GetTimestamp()) != VectorWait.Unsupported;
    });

    /// <summary>The native part of Mono.Posix.</summary>
    public static bool LoadsPosixHelper() => NativeLibrary.TryLoad("MonoPosixHelper", typeof(IpcServer).Assembly, null, out _);

    private static bool Succeeds(Func<bool> trial)
    {
        try
        {
            return trial();
        }
        catch (Exception exception) when (exception is NativeException or SocketException or EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }
}
