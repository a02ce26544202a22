using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;

namespace Contracts.Ipc.Transports.Fifo;

/// <summary>Reads what clients write into the server's FIFO, and opens the two FIFOs that each has made. Clients are served side by side.</summary>
internal sealed class FifoListener : ChannelListener
{
    private readonly TransportOptions _options;
    private readonly FifoRendezvous _rendezvous;
    private readonly CancellationTokenSource _disposed = new();
    private readonly WaitingRoom _waiting = new();
    private readonly Task _reading;

    public FifoListener(IpcEndpoint endpoint, FifoRendezvous rendezvous, TransportOptions options)
    {
        Endpoint = endpoint;
        _rendezvous = rendezvous;
        _options = options;
        _reading = Task.Run(ReadAllAsync);
    }

    public override IpcEndpoint Endpoint { get; }

    public override ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken) => _waiting.AcceptAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _rendezvous.Dispose();
        _waiting.Dispose();
    }

    private async Task ReadAllAsync()
    {
        long skipped = 0;
        try
        {
            while (true)
            {
                await _waiting.EnterAsync(_disposed.Token).ConfigureAwait(false);
                FifoMessage hello;
                do
                {
                    hello = await _rendezvous.ReadAsync(_disposed.Token).ConfigureAwait(false);
                    if (_rendezvous.Skipped != skipped)
                    {
                        TransportLog.GarbageSkipped(_options.Logger, Endpoint, _rendezvous.Skipped - skipped);
                        skipped = _rendezvous.Skipped;
                    }
                }
                while (hello.Step != FifoStep.Hello);

                _ = ServeAsync(hello);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(FifoMessage hello) => _waiting.OnServed(await TryServeAsync(hello).ConfigureAwait(false));

    private async ValueTask<FrameChannel?> TryServeAsync(FifoMessage hello)
    {
        PeerIdentity peer = hello.Sender(Files.EffectiveUserId);
        SafeDescriptor? up = null;
        SafeDescriptor? down = null;
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        timeout.CancelAfter(_options.HandshakeTimeout);
        try
        {
            // The end that reads first: once the client has the answer, it finds somebody who reads.
            up = await OpenAsync(FifoPath.Up(_rendezvous.Path, hello.Nonce), StreamAccess.Read, timeout.Token).ConfigureAwait(false);
            down = await OpenAsync(FifoPath.Down(_rendezvous.Path, hello.Nonce), StreamAccess.Write, timeout.Token).ConfigureAwait(false);
            FifoStatus status = hello.Version == FifoMessage.CurrentVersion ? FifoStatus.Accepted : FifoStatus.OtherVersion;
            if (!FifoConversation.TrySend(down, FifoMessage.Own(FifoStep.Opened, hello.Nonce, status))
                || status != FifoStatus.Accepted
                || await FifoConversation.ReceiveAsync(up, down, timeout.Token).ConfigureAwait(false) is not { Step: FifoStep.Begun } begun
                || begun.Nonce != hello.Nonce)
            {
                TransportLog.HandshakeLost(_options.Logger, Endpoint, peer.ProcessId, "it went away, or speaks another version");
                return null;
            }

            DescriptorChannel<FileIO> channel = new(up, down, peer, _options.MaximumFrameLength);
            up = null;
            down = null;
            return channel;
        }
        catch (Exception error) when (error is NativeException or OperationCanceledException)
        {
            TransportLog.HandshakeLost(_options.Logger, Endpoint, peer.ProcessId, error.Message);
            return null;
        }
        finally
        {
            if (down is not null || up is not null)
            {
                // Whoever died in the middle could not remove them, and whoever lives has no use for them any more.
                FifoPath.RemovePair(_rendezvous.Path, hello.Nonce);
            }

            down?.Dispose();
            up?.Dispose();
        }
    }

    private async ValueTask<SafeDescriptor> OpenAsync(string path, StreamAccess access, CancellationToken cancellationToken)
    {
        AcceptBackoff backoff = default;
        while (true)
        {
            try
            {
                SafeDescriptor opened = FifoPath.OpenOwn(path, access);
                StreamFile.RaiseCapacity(opened, FifoConversation.Capacity);
                return opened;
            }
            catch (NativeException error) when (error.Errno is Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM)
            {
                int pause = backoff.Next();
                TransportLog.AcceptPaused(_options.Logger, Endpoint, error.Message, pause);
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
