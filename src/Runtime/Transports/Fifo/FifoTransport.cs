using System.Globalization;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Transports.Fifo;

/// <summary>A pair of FIFOs per connection, arranged through the server's FIFO: <c>fifo:name</c> or <c>fifo:/run/x.fifo</c>. Linux only, and one user only.</summary>
/// <remarks>
/// No open ever waits, and none uses O_RDWR, which would hide the peer's end. The client makes both FIFOs and reads from one; says so; the server opens both and
/// answers; the client opens the other one, and removes the names. So each side opens for writing only what the other side reads already.
/// </remarks>
internal sealed class FifoTransport : Transport
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    public override string Scheme => "fifo";

    public override string? Objection(string address) => SocketPath.Objection(address);

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        Check(endpoint, options);
        return new ValueTask<ChannelListener>(new FifoListener(endpoint, FifoRendezvous.Make(endpoint, FifoPath.Of(endpoint.Address)), options));
    }

    public override async ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        Check(endpoint, options);
        string path = FifoPath.Of(endpoint.Address);
        ulong nonce = FifoMessage.NewNonce();
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.HandshakeTimeout);
        try
        {
            using SafeDescriptor server = OpenServer(endpoint, path);
            using OwnedObject downRecord = OwnerJournal.Record(OwnedKind.File, FifoPath.Down(path, nonce));
            using OwnedObject upRecord = OwnerJournal.Record(OwnedKind.File, FifoPath.Up(path, nonce));
            try
            {
                return await ConnectAsync(endpoint, path, nonce, server, options, timeout.Token).ConfigureAwait(false);
            }
            finally
            {
                FifoPath.RemovePair(path, nonce);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw FifoError.Silent(endpoint, options.HandshakeTimeout);
        }
        catch (Exception error) when (error is NativeException or PosixHelperException)
        {
            throw TransportError.CannotConnect(endpoint, error.Message + ".", error);
        }
    }

    private static async ValueTask<FrameChannel> ConnectAsync(
        IpcEndpoint endpoint, string path, ulong nonce, SafeDescriptor server, TransportOptions options, CancellationToken cancellationToken)
    {
        SafeDescriptor? down = null;
        SafeDescriptor? up = null;
        try
        {
            PosixHelper.MakeFifo(FifoPath.Down(path, nonce));
            PosixHelper.MakeFifo(FifoPath.Up(path, nonce));
            down = FifoPath.OpenOwn(FifoPath.Down(path, nonce), StreamAccess.Read);
            await SendHelloAsync(endpoint, server, nonce, cancellationToken).ConfigureAwait(false);
            FifoMessage opened = await FifoConversation.ReceiveAsync(down, server, cancellationToken).ConfigureAwait(false) ?? throw FifoError.Gone(endpoint);
            if (opened.Step != FifoStep.Opened || opened.Nonce != nonce)
            {
                throw FifoError.NotOurs(endpoint);
            }

            if (opened.Status != FifoStatus.Accepted)
            {
                throw FifoError.OtherVersion(endpoint, opened.Version);
            }

            up = FifoPath.OpenOwn(FifoPath.Up(path, nonce), StreamAccess.Write);
            FifoPath.RemovePair(path, nonce);
            if (!FifoConversation.TrySend(up, FifoMessage.Own(FifoStep.Begun, nonce)))
            {
                throw FifoError.Gone(endpoint);
            }

            DescriptorChannel<FileIO> channel = new(down, up, opened.Sender(Files.EffectiveUserId), options.MaximumFrameLength);
            down = null;
            up = null;
            return channel;
        }
        finally
        {
            down?.Dispose();
            up?.Dispose();
        }
    }

    private static SafeDescriptor OpenServer(IpcEndpoint endpoint, string path)
    {
        if (StreamFile.TryOpen(path, StreamAccess.Write, followLink: false, out int error) is not { } server)
        {
            throw error switch
            {
                // ENXIO: nobody reads it. It was left by a server that died.
                Errno.ENOENT or Errno.ENXIO or Errno.ENOTDIR => TransportError.NobodyListens(endpoint, new NativeException("open", error)),
                Errno.EACCES or Errno.EPERM => TransportError.MayNotConnect(endpoint, new NativeException("open", error)),
                _ => new NativeException($"open('{path}')", error),
            };
        }

        FileStatus status = Files.Status(server);
        if (status.Kind == FileKind.Fifo && status.UserId == Files.EffectiveUserId)
        {
            return server;
        }

        server.Dispose();
        throw status.Kind != FileKind.Fifo
            ? FifoError.WrongKind(endpoint, path)
            : TransportError.ServerOfOtherUser(
                endpoint, status.UserId.ToString(CultureInfo.InvariantCulture), Files.EffectiveUserId.ToString(CultureInfo.InvariantCulture));
    }

    private static async ValueTask SendHelloAsync(IpcEndpoint endpoint, SafeDescriptor server, ulong nonce, CancellationToken cancellationToken)
    {
        byte[] hello = FifoMessage.Own(FifoStep.Hello, nonce).ToBytes();
        for (TimeSpan pause = TimeSpan.FromMilliseconds(1); ; pause = pause < LongestPause ? 2 * pause : LongestPause)
        {
            int sent = FileIO.Send(server.Number, hello, default);
            switch (-sent)
            {
                case -FifoMessage.Size:
                    return;
                case Errno.EAGAIN:
                    // A thousand others have written before us; the server lives, but reads slowly.
                    await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                    break;
                case Errno.EPIPE:
                    throw TransportError.NobodyListens(endpoint, new NativeException("write", -sent));
                default:
                    throw new NativeException("write", -sent);
            }
        }
    }

    private static void Check(IpcEndpoint endpoint, TransportOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw FifoError.NotHere(endpoint);
        }

        if (!options.SameUserOnly)
        {
            throw FifoError.OtherUsers(endpoint);
        }

        FileIO.Prepare();
    }
}
