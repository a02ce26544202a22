namespace Contracts.Ipc.Transports.Polling;

/// <summary>One descriptor in the reactor's epoll set.</summary>
internal abstract class ReactorRegistration
{
    /// <summary>Asks for one OnReady with <see cref="Readiness.Readable"/>.</summary>
    public abstract void ArmReadable();

    /// <summary>Asks for one OnReady with <see cref="Readiness.Writable"/>.</summary>
    public abstract void ArmWritable();

    /// <summary>Asks for one OnReady with <see cref="Readiness.PeerClosed"/>, and for nothing else that is not asked for. Every event ends this, too.</summary>
    public abstract void ArmPeerClosed();

    /// <summary>
    /// Removes the descriptor from the epoll set. No OnReady starts after it returns, but one may still be running. Call before
    /// closing the descriptor.
    /// </summary>
    public abstract void Remove();
}

/// <summary>What a descriptor is ready for.</summary>
[Flags]
internal enum Readiness
{
    None = 0,
    Readable = 1,
    Writable = 2,
    PeerClosed = 4,
}

/// <summary>Gets the events of one descriptor, on the reactor's thread. Must not block.</summary>
internal interface IReadinessHandler
{
    void OnReady(Readiness readiness);
}
