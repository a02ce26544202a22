using System.Collections.Concurrent;
using System.Runtime.Versioning;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Polling;

/// <summary>How the reactor sleeps: on epoll where descriptors are watched, on an event elsewhere.</summary>
internal abstract class ReactorWait
{
    internal static ReactorWait Create() => OperatingSystem.IsLinux() ? new EpollWait() : new EventWait();

    /// <summary>Waits for events and keeps them. Only by the reactor's own thread, as is <see cref="HandOut"/>.</summary>
    internal abstract void Wait(int milliseconds);

    /// <summary>Hands out, on the calling thread, what the last wait has found.</summary>
    internal virtual void HandOut()
    {
    }

    /// <summary>Ends the current or the next wait.</summary>
    internal abstract void Wake();

    internal abstract ReactorRegistration Register(int descriptor, IReadinessHandler handler);

    internal abstract StandingRegistration RegisterStanding(int descriptor, IReadinessHandler handler);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process.")]
    private sealed class EventWait : ReactorWait
    {
        private readonly AutoResetEvent _event = new(false);

        internal override void Wait(int milliseconds) => _event.WaitOne(milliseconds);

        internal override void Wake() => _event.Set();

        internal override ReactorRegistration Register(int descriptor, IReadinessHandler handler)
            => throw new PlatformNotSupportedException("Descriptors are watched on Linux only.");

        internal override StandingRegistration RegisterStanding(int descriptor, IReadinessHandler handler)
            => throw new PlatformNotSupportedException("Descriptors are watched on Linux only.");
    }
}

/// <summary>The reactor's sleep on Linux.</summary>
[SupportedOSPlatform("linux")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process.")]
internal sealed class EpollWait : ReactorWait
{
    private const int EventsPerWait = 64;
    private const ulong WakeKey = 0;

    private readonly Epoll _epoll = new(EventsPerWait);
    private readonly EventFd _wake = new();
    private readonly ConcurrentDictionary<ulong, IEventTarget> _registrations = new();
    private readonly EpollEvent[] _events = new EpollEvent[EventsPerWait];
    private int _count;
    private long _lastKey;

    internal EpollWait() => _epoll.Add(_wake.Number, EpollEvents.In | EpollEvents.EdgeTriggered, WakeKey);

    // Edge-triggered and never drained: each signal is one event, and the counter cannot overflow in the life of a machine.
    internal override void Wake() => _wake.Signal();

    internal override void Wait(int milliseconds) => _count = _epoll.Wait(_events, milliseconds);

    internal override void HandOut()
    {
        foreach (ref readonly EpollEvent happened in _events.AsSpan(0, _count))
        {
            if (happened.Data != WakeKey && _registrations.TryGetValue(happened.Data, out IEventTarget? registration))
            {
                registration.OnEvents(happened.Events);
            }
        }

        _count = 0;
    }

    internal override ReactorRegistration Register(int descriptor, IReadinessHandler handler)
    {
        ulong key = (ulong)Interlocked.Increment(ref _lastKey);
        var registration = new Registration(this, descriptor, key, handler);
        Add(descriptor, key, registration, EpollEvents.OneShot);
        return registration;
    }

    internal override StandingRegistration RegisterStanding(int descriptor, IReadinessHandler handler)
    {
        ulong key = (ulong)Interlocked.Increment(ref _lastKey);
        var registration = new Standing(this, descriptor, key, handler);
        Add(descriptor, key, registration, EpollEvents.EdgeTriggered);
        return registration;
    }

    private void Add(int descriptor, ulong key, IEventTarget registration, EpollEvents mode)
    {
        _registrations[key] = registration;
        try
        {
            _epoll.Add(descriptor, EpollEvents.PeerShutdown | mode, key);
        }
        catch
        {
            _ = _registrations.TryRemove(key, out _);
            throw;
        }
    }

    private interface IEventTarget
    {
        void OnEvents(EpollEvents events);
    }

    /// <summary>Edge-triggered: each arrival is an event, and one epoll_ctl lasts for many.</summary>
    private sealed class Standing(EpollWait owner, int descriptor, ulong key, IReadinessHandler handler) : StandingRegistration, IEventTarget
    {
        private readonly Lock _gate = new();
        private bool _watches;
        private bool _removed;

        public override void WatchReadable(bool watch)
        {
            lock (_gate)
            {
                if (_watches != watch && !_removed)
                {
                    _watches = watch;
                    owner._epoll.Modify(descriptor, (watch ? EpollEvents.In : EpollEvents.None) | EpollEvents.PeerShutdown | EpollEvents.EdgeTriggered, key);
                }
            }
        }

        public override void Remove()
        {
            lock (_gate)
            {
                if (!_removed)
                {
                    _removed = true;
                    _ = owner._registrations.TryRemove(key, out _);
                    owner._epoll.Remove(descriptor);
                }
            }
        }

        public void OnEvents(EpollEvents events)
        {
            lock (_gate)
            {
                if (_removed)
                {
                    return;
                }
            }

            bool ended = (events & (EpollEvents.HangUp | EpollEvents.Error | EpollEvents.PeerShutdown)) != 0;
            handler.OnReady(Readiness.Readable | (ended ? Readiness.PeerClosed : Readiness.None));
        }
    }

    private sealed class Registration(EpollWait owner, int descriptor, ulong key, IReadinessHandler handler) : ReactorRegistration, IEventTarget
    {
        private readonly Lock _gate = new();
        private EpollEvents _armed;
        private bool _removed;

        public override void ArmReadable() => Arm(EpollEvents.In);

        public override void ArmWritable() => Arm(EpollEvents.Out);

        public override void Remove()
        {
            lock (_gate)
            {
                if (_removed)
                {
                    return;
                }

                _removed = true;
                _ = owner._registrations.TryRemove(key, out _);
                owner._epoll.Remove(descriptor);
            }
        }

        public void OnEvents(EpollEvents events)
        {
            Readiness readiness = Readiness.None;
            lock (_gate)
            {
                if (_removed)
                {
                    return;
                }

                bool ended = (events & (EpollEvents.HangUp | EpollEvents.Error | EpollEvents.PeerShutdown)) != 0;
                if ((events & EpollEvents.In) != 0 || (ended && (_armed & EpollEvents.In) != 0))
                {
                    readiness |= Readiness.Readable;
                }

                if ((events & EpollEvents.Out) != 0 || (ended && (_armed & EpollEvents.Out) != 0))
                {
                    readiness |= Readiness.Writable;
                }

                if (ended)
                {
                    readiness |= Readiness.PeerClosed;
                }

                // One-shot disarms the whole descriptor: what was asked for and has not come is armed again.
                _armed &= ~(events & (EpollEvents.In | EpollEvents.Out));
                if (ended)
                {
                    _armed = EpollEvents.None;
                }
                else if (_armed != EpollEvents.None)
                {
                    Apply();
                }
            }

            handler.OnReady(readiness);
        }

        private void Arm(EpollEvents what)
        {
            lock (_gate)
            {
                if (_removed)
                {
                    return;
                }

                _armed |= what;
                Apply();
            }
        }

        private void Apply() => owner._epoll.Modify(descriptor, _armed | EpollEvents.PeerShutdown | EpollEvents.OneShot, key);
    }
}
