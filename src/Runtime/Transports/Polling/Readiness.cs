namespace Contracts.Ipc.Transports.Polling;

/// <summary>One descriptor in the reactor's epoll set.</summary>
internal abstract class ReactorRegistration
{
    /// <summary>Asks for one OnReady with <see cref="Readiness.Readable"/>.</summary>
    public abstract void ArmReadable();

    /// <summary>Asks for one OnReady with <see cref="Readiness.Writable"/>.</summary>
    public abstract void ArmWritable();

    /// <summary>
    /// Removes the descriptor from the epoll set. No OnReady starts after it returns, but one may still be running. Call before
    /// closing the descriptor.
    /// </summary>
    public abstract void Remove();
}

/// <summary>
/// One descriptor whose end is reported whatever is asked for, and every arrival of bytes as long as that is asked for: nothing has to be armed again after
/// an event.
/// </summary>
internal abstract class StandingRegistration
{
    /// <summary>Says whether arrivals are to be reported. What is there already when they begin to be is reported at once.</summary>
    public abstract void WatchReadable(bool watch);

    /// <summary>As <see cref="ReactorRegistration.Remove"/>.</summary>
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
