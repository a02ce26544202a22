using System.Runtime.Versioning;

namespace Contracts.Ipc.SharedMemory;

/// <summary>The right to read what a <see cref="SharedReaderWriterLock"/> protects. Disposing gives it back.</summary>
[SupportedOSPlatform("linux")]
public readonly ref struct SharedReadGuard : IDisposable
{
    private readonly SharedReaderWriterLock? _lock;
    private readonly long _turn;

    internal SharedReadGuard(SharedReaderWriterLock owner, long turn, bool wasAbandoned)
    {
        _lock = owner;
        _turn = turn;
        WasAbandoned = wasAbandoned;
    }

    /// <summary>Whether the last writer ended in the middle of its writing. Only the first one to enter afterwards is told, reader or writer.</summary>
    public bool WasAbandoned { get; }

    /// <summary>Gives the right back. Again, or by a copy of this guard, it does nothing.</summary>
    public void Dispose() => _lock?.ExitRead(_turn);
}

/// <summary>The right to write what a <see cref="SharedReaderWriterLock"/> protects. Disposing gives it back.</summary>
[SupportedOSPlatform("linux")]
public readonly ref struct SharedWriteGuard : IDisposable
{
    private readonly SharedReaderWriterLock? _lock;
    private readonly long _turn;

    internal SharedWriteGuard(SharedReaderWriterLock owner, long turn, bool wasAbandoned)
    {
        _lock = owner;
        _turn = turn;
        WasAbandoned = wasAbandoned;
    }

    /// <summary>Whether the last writer ended in the middle of its writing. Only the first one to enter afterwards is told, reader or writer.</summary>
    public bool WasAbandoned { get; }

    /// <summary>Gives the right back. Again, or by a copy of this guard, it does nothing.</summary>
    public void Dispose() => _lock?.ExitWrite(_turn);
}
