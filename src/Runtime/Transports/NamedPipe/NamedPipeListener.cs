using System.IO.Pipes;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Streams;

namespace Contracts.Ipc.Transports.NamedPipe;

/// <summary>A listening pipe: one server stream always waits, so that a client finds the name at any time.</summary>
internal sealed class NamedPipeListener : ChannelListener
{
    private readonly TransportOptions _options;
    private readonly string _name;
    private readonly PathClaim? _claim;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private NamedPipeServerStream? _waiting;
    private AcceptBackoff _backoff;
    private long _refused;

    /// <param name="endpoint">As clients name it.</param>
    /// <param name="options">Of the server.</param>
    /// <param name="name">The name that further server streams take.</param>
    /// <param name="first">The first server stream.</param>
    /// <param name="claim">The path in the file system, where there is one.</param>
    public NamedPipeListener(IpcEndpoint endpoint, TransportOptions options, string name, NamedPipeServerStream first, PathClaim? claim)
    {
        Endpoint = endpoint;
        _options = options;
        _name = name;
        _waiting = first;
        _claim = claim;
    }

    public override IpcEndpoint Endpoint { get; }

    /// <summary>How many clients were turned away because of their user.</summary>
    public long RefusedClients => Interlocked.Read(ref _refused);

    public override async ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            while (true)
            {
                either.Token.ThrowIfCancellationRequested();
                try
                {
                    if (WaitingStream() is not { } stream)
                    {
                        return null;
                    }

                    await stream.WaitForConnectionAsync(either.Token).ConfigureAwait(false);
                    _backoff.Reset();
                    if (Admit(stream) is { } channel)
                    {
                        return channel;
                    }
                }
                catch (UnauthorizedAccessException)
                {
                    // CurrentUserOnly: refused before a byte was read. The stream is of no use any more.
                    DropWaiting();
                    _ = Interlocked.Increment(ref _refused);
                    TransportLog.ClientRefused(_options.Logger, Endpoint, "another", null, Environment.UserName);
                }
                catch (IOException error)
                {
                    // The client went away at once, or the system lacks descriptors. Both pass.
                    DropWaiting();
                    int pause = _backoff.Next();
                    TransportLog.AcceptPaused(_options.Logger, Endpoint, error.Message, pause);
                    await Task.Delay(pause, either.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        NamedPipeServerStream? waiting;
        lock (_gate)
        {
            if (_disposed.IsCancellationRequested)
            {
                return;
            }

            _disposed.Cancel();
            waiting = _waiting;
            _waiting = null;
        }

        _claim?.Dispose();
        if (waiting is not null)
        {
            await waiting.DisposeAsync().ConfigureAwait(false);
        }
    }

    private NamedPipeServerStream? WaitingStream()
    {
        lock (_gate)
        {
            return _disposed.IsCancellationRequested ? null : _waiting ??= NamedPipeTransport.CreateNext(_options, _name);
        }
    }

    private void DropWaiting()
    {
        lock (_gate)
        {
            NamedPipeServerStream? dropped = _waiting;
            if (dropped is null)
            {
                return;
            }

            // The new one first: on Unix the pipe's socket lives as long as any server stream does.
            _waiting = null;
            try
            {
                _waiting = NamedPipeTransport.CreateNext(_options, _name);
            }
            catch (IOException)
            {
                // Not now; WaitingStream tries again.
            }

            dropped.Dispose();
        }
    }

    private StreamFrameChannel? Admit(NamedPipeServerStream connected)
    {
        lock (_gate)
        {
            if (_waiting != connected)
            {
                connected.Dispose();
                return null;
            }

            _waiting = null;
            try
            {
                _waiting = NamedPipeTransport.CreateNext(_options, _name);
            }
            catch (IOException)
            {
                // Not now; WaitingStream tries again.
            }
        }

        try
        {
            return new StreamFrameChannel(connected, NamedPipeIdentity.Of(connected, _options), _options.MaximumFrameLength);
        }
        catch (NativeException error)
        {
            TransportLog.ClientLostEarly(_options.Logger, Endpoint, error.Errno);
            connected.Dispose();
            return null;
        }
    }
}
