using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.Descriptors;

/// <summary>Waits, without a thread, for bytes or for the peer's end on one or two descriptors: what handshakes need before there is a channel.</summary>
internal sealed class DescriptorWatch : IReadinessHandler, IDisposable
{
    private readonly SemaphoreSlim _events = new(0, 1);
    private readonly StandingRegistration _first;
    private readonly StandingRegistration? _second;
    private bool _hasEnded;

    /// <param name="first">The caller's; outlives this object.</param>
    /// <param name="second">Another one, whose end matters as well.</param>
    public DescriptorWatch(SafeDescriptor first, SafeDescriptor? second = null)
    {
        _first = Watch(first);
        try
        {
            _second = second is null ? null : Watch(second);
        }
        catch
        {
            _first.Remove();
            throw;
        }
    }

    /// <summary>Whether the kernel has reported the end of a peer. Look at it before a read that finds nothing, not after: bytes may have come before the end.</summary>
    public bool HasEnded => Volatile.Read(ref _hasEnded);

    /// <summary>Waits for an event since the last wait. Several are one, and one may come for what has been read already.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _events.WaitAsync(cancellationToken);

    /// <summary>Stops watching; the descriptors stay open.</summary>
    public void Dispose()
    {
        _first.Remove();
        _second?.Remove();
    }

    void IReadinessHandler.OnReady(Readiness readiness)
    {
        if ((readiness & Readiness.PeerClosed) != 0)
        {
            Volatile.Write(ref _hasEnded, true);
        }

        // Only the reactor's thread releases.
        if (_events.CurrentCount == 0)
        {
            _ = _events.Release();
        }
    }

    private StandingRegistration Watch(SafeDescriptor descriptor)
    {
        StandingRegistration registration = Reactor.Shared.RegisterStanding(descriptor.Number, this);
        registration.WatchReadable(true);
        return registration;
    }
}
