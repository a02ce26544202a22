using System.Runtime.Versioning;

namespace Contracts.Ipc.SharedMemory;

/// <summary>The possession of a <see cref="SharedMutex"/>. Disposing gives it back, on the thread that took it: the compiler does not let this type leave it.</summary>
[SupportedOSPlatform("linux")]
public readonly ref struct SharedMutexGuard : IDisposable
{
    private readonly SharedMutex? _mutex;
    private readonly long _turn;

    internal SharedMutexGuard(SharedMutex mutex, long turn, bool wasAbandoned)
    {
        _mutex = mutex;
        _turn = turn;
        WasAbandoned = wasAbandoned;
    }

    /// <summary>
    /// Whether the last holder ended without giving the mutex back. What it guards may be half done: look before you go on. Only the first one to take the
    /// mutex afterwards is told.
    /// </summary>
    public bool WasAbandoned { get; }

    /// <summary>Gives the mutex back. Again, or by a copy of this guard, it does nothing.</summary>
    public void Dispose() => _mutex?.Exit(_turn);
}
