using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>One thread that sleeps until a watched process ends.</summary>
/// <remarks>
/// Descriptors stay open a while after the last watch of a process, because who waits once for a busy semaphore waits again soon. The thread ends when none
/// is left; while somebody is watched it sleeps without a clock.
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process; closes its descriptors when nobody is watched.")]
internal sealed class DeathMonitor
{
    private const int LingerMilliseconds = 500;
    private const ulong WakeKey = 0;

    private readonly Lock _gate = new();
    private readonly Dictionary<ProcessIdentity, Watched> _watched = [];
    private Epoll? _epoll;
    private EventFd? _wake;
    private ulong _lastKey;
    private bool _sleepsWithoutClock;

    public static DeathMonitor Shared { get; } = new();

    /// <summary>Begins to watch a process on behalf of <paramref name="watch"/>.</summary>
    public Pulse Watch(ProcessIdentity process, DeathWatch watch)
    {
        lock (_gate)
        {
            if (_watched.TryGetValue(process, out Watched? known))
            {
                if (ProcessDescriptor.HasEnded(known.Descriptor))
                {
                    return Pulse.Ended;
                }

                known.Watches.Add(watch);
                return Pulse.Beating;
            }

            SafeDescriptor? descriptor = process.TryOpen(out bool isUnknown);
            if (descriptor is null)
            {
                return isUnknown ? Pulse.Unknown : Pulse.Ended;
            }

            try
            {
                Start();
                var watched = new Watched(process, descriptor, ++_lastKey) { Watches = { watch } };
                _epoll!.Add(descriptor.Number, EpollEvents.In, watched.Key);
                _watched.Add(process, watched);
                return Pulse.Beating;
            }
            catch (NativeException)
            {
                // No descriptor left for the set, or no room in it.
                descriptor.Dispose();
                return Pulse.Unknown;
            }
        }
    }

    /// <summary>Ends what was begun for <paramref name="watch"/>.</summary>
    public void Forget(DeathWatch watch)
    {
        lock (_gate)
        {
            bool isIdle = false;
            foreach (Watched watched in _watched.Values)
            {
                isIdle |= watched.Watches.Remove(watch) && watched.Watches.Count == 0;
            }

            if (isIdle && _sleepsWithoutClock)
            {
                _sleepsWithoutClock = false;
                _wake!.Signal();
            }
        }
    }

    private void Start()
    {
        if (_epoll is not null)
        {
            return;
        }

        var epoll = new Epoll(capacity: 16);
        EventFd? wake = null;
        try
        {
            wake = new EventFd();
            epoll.Add(wake.Number, EpollEvents.In, WakeKey);
        }
        catch
        {
            wake?.Dispose();
            epoll.Dispose();
            throw;
        }

        _epoll = epoll;
        _wake = wake;
        var thread = new Thread(() => Run(epoll, wake)) { IsBackground = true, Name = "Contracts.Ipc death watch" };
        thread.UnsafeStart();
    }

    private void Run(Epoll epoll, EventFd wake)
    {
        Span<EpollEvent> events = stackalloc EpollEvent[16];
        bool hasLingered = false;
        while (true)
        {
            int milliseconds;
            lock (_gate)
            {
                if (hasLingered)
                {
                    CloseIdle();
                }

                if (_watched.Count == 0 && hasLingered)
                {
                    _epoll = null;
                    _wake = null;
                    _sleepsWithoutClock = false;
                    break;
                }

                _sleepsWithoutClock = _watched.Count > 0 && _watched.Values.All(static watched => watched.Watches.Count > 0);
                milliseconds = _sleepsWithoutClock ? -1 : LingerMilliseconds;
            }

            int count = epoll.Wait(events, milliseconds);
            hasLingered = count == 0;
            foreach (EpollEvent one in events[..count])
            {
                if (one.Data == WakeKey)
                {
                    _ = wake.Drain();
                }
                else
                {
                    Announce(one.Data);
                }
            }
        }

        epoll.Dispose();
        wake.Dispose();
    }

    private void Announce(ulong key)
    {
        DeathWatch[] watches;
        lock (_gate)
        {
            if (_watched.Values.FirstOrDefault(watched => watched.Key == key) is not { } ended)
            {
                return;
            }

            watches = [.. ended.Watches];
            Close(ended);
        }

        foreach (DeathWatch watch in watches)
        {
            watch.OnDeath();
        }
    }

    private void CloseIdle()
    {
        foreach (Watched watched in _watched.Values.Where(static watched => watched.Watches.Count == 0).ToArray())
        {
            Close(watched);
        }
    }

    private void Close(Watched watched)
    {
        _ = _watched.Remove(watched.Process);
        _epoll!.Remove(watched.Descriptor.Number);
        watched.Descriptor.Dispose();
    }

    private sealed record Watched(ProcessIdentity Process, SafeDescriptor Descriptor, ulong Key)
    {
        public List<DeathWatch> Watches { get; } = [];
    }
}
