using System.IO.Pipes;
using System.Runtime.Versioning;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.NamedPipe;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>Where a named pipe lives on Linux and who may use it.</summary>
[SupportedOSPlatform("linux")]
public sealed class NamedPipeTests
{
    private static readonly NamedPipeTransport Transport = new();
    private static readonly TransportOptions Options = new();

    [Fact]
    public async Task The_pipe_lies_in_the_private_directory_of_the_user_and_goes_with_its_server()
    {
        IpcEndpoint endpoint = IpcEndpoint.Pipe($"test-{Guid.NewGuid():N}");
        string directory = UserDirectory.Get();
        string path = Path.Combine(directory, endpoint.Address + ".pipe");
        await using (ChannelListener listener = await Transport.ListenAsync(endpoint, Options, default))
        {
            Assert.Equal(0x1C0, Files.Status(directory)!.Value.Permissions);
            FileStatus status = Files.Status(path)!.Value;
            Assert.Equal((FileKind.Socket, 0x180), (status.Kind, status.Permissions));
        }

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(directory), file => file.Contains(endpoint.Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_stale_pipe_of_a_killed_server_is_replaced()
    {
        IpcEndpoint endpoint = IpcEndpoint.Pipe($"test-{Guid.NewGuid():N}");
        string path = Path.Combine(UserDirectory.Get(), endpoint.Address + ".pipe");
        using (SafeDescriptor dead = Sockets.CreateUnixStream())
        {
            Sockets.Bind(dead, path);
            Sockets.Listen(dead, 1);
        }

        IpcConnectionException nobody = await Assert.ThrowsAsync<IpcConnectionException>(async () => await Transport.ConnectAsync(endpoint, Options, default));
        Assert.Contains("No server listens", nobody.Message, StringComparison.Ordinal);

        await using ChannelListener listener = await Transport.ListenAsync(endpoint, Options, default);
        FrameChannel client = await Transport.ConnectAsync(endpoint, Options, default);
        client.Close(new IpcConnectionException("Enough."));
    }

    [Fact]
    public async Task A_plain_named_pipe_client_is_served()
    {
        IpcEndpoint endpoint = IpcEndpoint.Pipe($"test-{Guid.NewGuid():N}");
        await using ChannelListener listener = await Transport.ListenAsync(endpoint, Options, default);
        await using NamedPipeClientStream client = new(".", Path.Combine(UserDirectory.Get(), endpoint.Address + ".pipe"), PipeDirection.InOut, PipeOptions.Asynchronous);
        await client.ConnectAsync();
        FrameChannel? server = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
        RecordingSink sink = new();

        await client.WriteAsync(Frames.Prefixed(40, 3));
        ChannelPair.ReceiveFrames(server!, sink, 1);
        Assert.Equal(Frames.Prefixed(40, 3)[4..], Assert.Single(sink.Frames));

        _ = server!.TrySend(Frames.Prefixed(20, 4), default);
        byte[] answer = new byte[24];
        await client.ReadExactlyAsync(answer);
        Assert.Equal(Frames.Prefixed(20, 4), answer);
        server.Close(new IpcConnectionException("Enough."));
    }

    [Fact]
    public async Task A_client_of_another_user_is_refused_by_his_credentials_and_the_next_one_served()
    {
        // The listener itself, with its socket where others can reach it: in the private directory they never would.
        string directory = Directory.CreateTempSubdirectory("contracts-open-").FullName;
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        string path = Path.Combine(directory, "pipe");
        IpcEndpoint endpoint = IpcEndpoint.Pipe("test");
        await using (NamedPipeListener listener = new(endpoint, Options, path, NamedPipeTransport.CreateNext(Options, path), claim: null))
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
            Task<FrameChannel?> accept = listener.AcceptAsync(default).AsTask();
            using (System.Diagnostics.Process other = RawUnixPeer.StartPythonAsNobody(
                "import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.settimeout(10); print(len(s.recv(1)))", path))
            {
                Assert.Equal("0", await other.StandardOutput.ReadLineAsync());
            }

            using System.Net.Sockets.Socket own = RawUnixPeer.Connect(path);
            FrameChannel? server = await accept.WaitAsync(ChannelPair.Patience);
            Assert.Equal(1, listener.RefusedClients);
            Assert.Equal(Files.EffectiveUserId, server!.Peer.UserId);
            server.Close(new IpcConnectionException("Enough."));
        }

        Directory.Delete(directory, recursive: true);
    }
}
