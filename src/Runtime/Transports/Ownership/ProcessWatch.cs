using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.Ownership;

/// <summary>Tells when a process ends, for transports whose kernel objects do not. Linux only.</summary>
/// <remarks>
/// By a pidfd in the reactor. Where the kernel has none, or no descriptor is left, the process is looked for many times a second.
/// </remarks>
internal sealed class ProcessWatch : IReadinessHandler, IDisposable
{
    private const int LookMilliseconds = 25;

    private readonly Lock _gate = new();
    private readonly ProcessIdentity _process;
    private readonly Action _ended;
    private SafeDescriptor? _descriptor;
    private StandingRegistration? _registration;
    private Timer? _timer;
    private bool _isOver;

    private ProcessWatch(ProcessIdentity process, Action ended)
    {
        _process = process;
        _ended = ended;
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="process">Which one. If its number belongs to a process that started at another time, it has ended.</param>
    /// <param name="ended">
    /// Runs once: on the reactor's thread, or before this method returns if the process has ended already. Must not block. It does not start after
    /// <see cref="Dispose"/>, but may still be running then.
    /// </param>
    public static ProcessWatch Start(ProcessIdentity process, Action ended)
    {
        var watch = new ProcessWatch(process, ended);
        if (!watch.TryRegister())
        {
            watch.OnEnded();
        }

        return watch;
    }

    /// <summary>Ends watching.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            Release();
        }
    }

    void IReadinessHandler.OnReady(Readiness readiness) => OnEnded();

    /// <returns>False if the process has ended.</returns>
    private bool TryRegister()
    {
        lock (_gate)
        {
            _descriptor = _process.TryOpen(out bool isUnknown);
            if (_descriptor is not null)
            {
                try
                {
                    // Readable from its end on: one that ended in between is reported at once.
                    _registration = Reactor.Shared.RegisterStanding(_descriptor.Number, this);
                    _registration.WatchReadable(true);
                    return true;
                }
                catch (NativeException)
                {
                    Release();
                    isUnknown = true;
                }
            }

            if (isUnknown && _process.IsAlive())
            {
                _timer = new Timer(static state => ((ProcessWatch)state!).Look(), this, LookMilliseconds, LookMilliseconds);
                return true;
            }

            return false;
        }
    }

    private void Look()
    {
        if (!_process.IsAlive())
        {
            OnEnded();
        }
    }

    private void OnEnded()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            Release();
        }

        _ended();
    }

    private void Release()
    {
        _registration?.Remove();
        _registration = null;
        _descriptor?.Dispose();
        _descriptor = null;
        _timer?.Dispose();
        _timer = null;
    }
}
