namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>Has one client, the parent, and when that is gone nobody can come any more.</summary>
internal sealed class StandardIOListener(IpcEndpoint endpoint, FrameChannel channel) : ChannelListener
{
    private readonly ServedChannel _channel = new(channel);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _accepted;

    public override IpcEndpoint Endpoint => endpoint;

    public override async ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _accepted, 1) == 0)
        {
            return _channel;
        }

        await Task.WhenAny(_channel.Ended, _disposed.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    public override ValueTask DisposeAsync()
    {
        _ = _disposed.TrySetResult();
        if (Interlocked.Exchange(ref _accepted, 1) == 0)
        {
            _channel.Close(TransportError.PeerClosed());
        }

        return ValueTask.CompletedTask;
    }
}
