using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.UnixSocket;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>Paths, permissions and identity of Unix sockets on Linux.</summary>
[SupportedOSPlatform("linux")]
public sealed class UnixSocketTests
{
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const string ConnectAndSend = """
        import socket, sys
        s = socket.socket(socket.AF_UNIX)
        try:
            s.connect(sys.argv[1])
            s.sendall(b'x' * 100)
            print('connected')
            s.settimeout(10)
            print('end' if s.recv(1) == b'' else 'data')
        except ConnectionResetError:
            print('reset')
        except BrokenPipeError:
            print('reset')
        except PermissionError:
            print('permission')
        """;

    private static readonly UnixSocketTransport Transport = new();
    private static readonly TransportOptions Options = new();

    [Fact]
    public async Task The_socket_is_born_with_mode_0600_and_leaves_nothing_behind()
    {
        string path = TestDirectory.NewPath();
        await using (ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default))
        {
            FileStatus status = Files.Status(path)!.Value;
            Assert.Equal((FileKind.Socket, 0x180), (status.Kind, status.Permissions));
        }

        Assert.False(File.Exists(path));
        Assert.False(File.Exists(path + ".lock"));
    }

    [Fact]
    public async Task No_other_user_ever_sees_a_socket_that_is_open_to_him()
    {
        // The socket must have its mode from the first moment: a watcher looks at the directory while servers come and go.
        string path = TestDirectory.NewPath();
        using CancellationTokenSource stop = new();
        Task<int> watching = Task.Factory.StartNew(
            () =>
            {
                int modes = 0;
                while (!stop.IsCancellationRequested)
                {
                    modes |= Files.Status(path)?.Permissions ?? 0;
                }

                return modes;
            },
            TaskCreationOptions.LongRunning);
        for (int i = 0; i < 300; i++)
        {
            await using ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default);
        }

        await stop.CancelAsync();
        Assert.Equal(0, await watching & 0x3F);
    }

    [Fact]
    public async Task A_path_of_107_bytes_works_and_one_of_108_is_refused_with_a_reason()
    {
        string path = TestDirectory.NewPath("-");
        string fits = path + new string('x', 107 - path.Length);
        await using (ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(fits), Options, default))
        {
            FrameChannel client = await Transport.ConnectAsync(IpcEndpoint.Unix(fits), Options, default);
            client.Close(new IpcConnectionException("Enough."));
        }

        IpcEndpointException error = await Assert.ThrowsAsync<IpcEndpointException>(async () => await Transport.ListenAsync(IpcEndpoint.Unix(fits + "x"), Options, default));
        Assert.Contains("has 108 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("at most 107", error.Message, StringComparison.Ordinal);
        _ = await Assert.ThrowsAsync<IpcEndpointException>(async () => await Transport.ConnectAsync(IpcEndpoint.Unix(fits + "x"), Options, default));
    }

    [Fact]
    public async Task Of_two_servers_that_start_at_once_exactly_one_wins_200_times()
    {
        string path = TestDirectory.NewPath();
        using Barrier barrier = new(2);
        for (int round = 0; round < 200; round++)
        {
            // Every other round both find what a dead server left.
            if (round % 2 == 0)
            {
                LeaveStaleSocket(path);
            }

            Task<ChannelListener?>[] servers = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(Listen, TaskCreationOptions.LongRunning))];
            ChannelListener?[] listeners = await Task.WhenAll(servers);

            ChannelListener winner = Assert.Single(listeners, listener => listener is not null)!;
            FrameChannel client = await Transport.ConnectAsync(IpcEndpoint.Unix(path), Options, default);
            FrameChannel? server = await winner.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
            client.Close(new IpcConnectionException("Enough."));
            server!.Close(new IpcConnectionException("Enough."));
            await winner.DisposeAsync();
        }

        ChannelListener? Listen()
        {
            barrier.SignalAndWait();
            try
            {
                return Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default).AsTask().GetAwaiter().GetResult();
            }
            catch (IpcEndpointException)
            {
                return null;
            }
            finally
            {
                barrier.SignalAndWait();
            }
        }
    }

    [Fact]
    public async Task The_socket_of_a_server_that_was_killed_is_replaced()
    {
        string path = TestDirectory.NewPath();
        using Process server = RawUnixPeer.StartPython(
            """
            import fcntl, socket, sys
            lock = open(sys.argv[1] + '.lock', 'w'); fcntl.flock(lock, fcntl.LOCK_EX)
            s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen()
            print('ready', flush=True); sys.stdin.read()
            """,
            path);
        Assert.Equal("ready", await server.StandardOutput.ReadLineAsync());
        IpcEndpointException inUse = await Assert.ThrowsAsync<IpcEndpointException>(async () => await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default));
        Assert.Contains($"in use by process {server.Id}", inUse.Message, StringComparison.Ordinal);

        server.Kill();
        await server.WaitForExitAsync();

        Assert.True(File.Exists(path));
        await using ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default);
        FrameChannel client = await Transport.ConnectAsync(IpcEndpoint.Unix(path), Options, default);
        client.Close(new IpcConnectionException("Enough."));
    }

    [Fact]
    public async Task A_live_server_that_knows_no_lock_keeps_its_path()
    {
        string path = TestDirectory.NewPath();
        using Socket other = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(path));
        other.Listen();

        IpcEndpointException error = await Assert.ThrowsAsync<IpcEndpointException>(async () => await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default));

        Assert.Contains($"in use by process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        RawUnixPeer.Connect(path).Dispose();
        File.Delete(path);
    }

    [Fact]
    public async Task Disposal_leaves_alone_what_somebody_else_put_in_the_place()
    {
        string path = TestDirectory.NewPath();
        ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default);
        File.Delete(path);
        await File.WriteAllTextAsync(path, "mine");

        await listener.DisposeAsync();

        Assert.Equal("mine", await File.ReadAllTextAsync(path));
        File.Delete(path);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("link")]
    public async Task What_is_not_a_socket_is_never_removed(string what)
    {
        string path = TestDirectory.NewPath();
        string victim = TestDirectory.NewPath(".txt");
        await File.WriteAllTextAsync(victim, "victim");
        _ = what == "file" ? File.Create(path) is var file && Dispose(file) : File.CreateSymbolicLink(path, victim) is not null;

        IpcEndpointException error = await Assert.ThrowsAsync<IpcEndpointException>(async () => await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default));

        Assert.Contains("is not a socket", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
        Assert.Equal("victim", await File.ReadAllTextAsync(victim));
        File.Delete(path);
        File.Delete(victim);

        static bool Dispose(FileStream stream)
        {
            stream.Dispose();
            return true;
        }
    }

    [Fact]
    public async Task A_lock_file_that_is_a_link_is_refused_and_its_target_untouched()
    {
        string path = TestDirectory.NewPath();
        string victim = TestDirectory.NewPath(".txt");
        _ = File.CreateSymbolicLink(path + ".lock", victim);

        _ = await Assert.ThrowsAsync<IpcEndpointException>(async () => await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default));

        Assert.False(File.Exists(victim));
        File.Delete(path + ".lock");
    }

    [Fact]
    public void A_directory_for_names_must_be_private_and_no_link()
    {
        string directory = TestDirectory.NewPath("");
        Assert.Equal(directory, UserDirectory.Private(directory));
        Assert.Equal(0x1C0, Files.Status(directory)!.Value.Permissions);

        string link = TestDirectory.NewPath("");
        _ = Directory.CreateSymbolicLink(link, directory);
        Assert.Contains("symbolic link", Assert.Throws<IpcEndpointException>(() => UserDirectory.Private(link)).Message, StringComparison.Ordinal);

        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        Assert.Contains("mode is 0701", Assert.Throws<IpcEndpointException>(() => UserDirectory.Private(directory)).Message, StringComparison.Ordinal);

        File.Delete(link);
        Directory.Delete(directory);
    }

    [Fact]
    public async Task A_client_of_another_user_is_stopped_by_the_permissions_of_the_socket()
    {
        string directory = OpenDirectory();
        string path = Path.Combine(directory, "s");
        await using (ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default))
        {
            using Process client = RawUnixPeer.StartPythonAsNobody(ConnectAndSend, path);
            Assert.Equal("permission", await client.StandardOutput.ReadLineAsync());
            Assert.Equal(0, ((UnixSocketListener)listener).RefusedClients);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_client_of_another_user_who_gets_past_the_permissions_is_refused_by_his_credentials()
    {
        string directory = OpenDirectory();
        string path = Path.Combine(directory, "s");
        await using (ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default))
        {
            File.SetUnixFileMode(path, Everybody);
            Task<FrameChannel?> accept = listener.AcceptAsync(default).AsTask();
            using Process client = RawUnixPeer.StartPythonAsNobody(ConnectAndSend, path);
            string answer = await client.StandardOutput.ReadToEndAsync();

            Assert.True(answer is "connected\nend\n" or "connected\nreset\n" or "reset\n", answer);
            Assert.Equal(1, ((UnixSocketListener)listener).RefusedClients);

            // The next client of this user is served, and is the first that AcceptAsync returns.
            FrameChannel own = await Transport.ConnectAsync(IpcEndpoint.Unix(path), Options, default);
            FrameChannel? server = await accept.WaitAsync(ChannelPair.Patience);
            Assert.Equal(Files.EffectiveUserId, server!.Peer.UserId);
            server.Close(new IpcConnectionException("Enough."));
            own.Close(new IpcConnectionException("Enough."));
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_server_that_admits_other_users_tells_who_they_are()
    {
        string directory = OpenDirectory();
        string path = Path.Combine(directory, "s");
        await using (ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options with { SameUserOnly = false }, default))
        {
            using Process client = RawUnixPeer.StartPythonAsNobody(ConnectAndSend, path);
            FrameChannel? server = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
            Assert.Equal(65534u, server!.Peer.UserId);
            Assert.Equal(client.Id, server.Peer.ProcessId);
            server.Close(new IpcConnectionException("Enough."));
            await client.WaitForExitAsync();
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_client_does_not_talk_to_a_server_of_another_user()
    {
        string directory = OpenDirectory();
        File.SetUnixFileMode(directory, Everybody);
        string path = Path.Combine(directory, "s");
        using (Process server = RawUnixPeer.StartPythonAsNobody(
            "import os, socket, sys; os.umask(0); s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(); print('ready', flush=True); c, _ = s.accept(); print(len(c.recv(100)))",
            path))
        {
            Assert.Equal("ready", await server.StandardOutput.ReadLineAsync());

            IpcPermissionException error = await Assert.ThrowsAsync<IpcPermissionException>(async () => await Transport.ConnectAsync(IpcEndpoint.Unix(path), Options, default));

            Assert.Contains("runs as user 65534", error.Message, StringComparison.Ordinal);
            Assert.Equal("0", await server.StandardOutput.ReadLineAsync());
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_client_that_is_killed_with_unread_data_is_seen_at_once()
    {
        string path = TestDirectory.NewPath();
        await using ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default);
        using Process client = RawUnixPeer.StartPython(
            "import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.sendall(b'\\x10\\0\\0\\0' + b'a' * 16); print('ready', flush=True); sys.stdin.read()",
            path);
        FrameChannel? server = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
        RecordingEvents events = new();
        server!.Start(events);
        Assert.Equal("ready", await client.StandardOutput.ReadLineAsync());
        _ = server.TrySend(Frames.Prefixed(100), default);
        RecordingSink sink = new();
        ChannelPair.ReceiveFrames(server, sink, 1);
        server.ArmReadable();

        client.Kill();
        await client.WaitForExitAsync();
        long exited = Stopwatch.GetTimestamp();

        Assert.True(await events.PeerClosed.WaitAsync(ChannelPair.Patience));
        Assert.InRange(Stopwatch.GetElapsedTime(exited).TotalMilliseconds, 0, 100);
        IpcConnectionException reason = Assert.IsType<IpcConnectionException>(ChannelPair.ReceiveToEnd(server, sink));
        Assert.Contains("Connection reset by peer", reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Descriptors_that_a_peer_sends_unasked_are_not_kept()
    {
        string path = TestDirectory.NewPath();
        await using ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default);
        using Process client = RawUnixPeer.StartPython(
            """
            import array, os, socket, sys
            s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
            marker = os.open(sys.argv[2], os.O_CREAT | os.O_RDWR)
            for _ in range(20):
                s.sendmsg([b'\x10\0\0\0' + b'a' * 16], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [marker] * 200))])
            """,
            path,
            path + ".marker");
        FrameChannel? server = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
        RecordingSink sink = new();
        ChannelPair.ReceiveFrames(server!, sink, 20);
        await client.WaitForExitAsync();

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries("/proc/self/fd"), fd => new FileInfo(fd).LinkTarget == path + ".marker");
        server!.Close(new IpcConnectionException("Enough."));
        File.Delete(path + ".marker");
    }

    [Fact]
    public async Task Connections_give_their_descriptors_back()
    {
        string path = TestDirectory.NewPath();
        await using (ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options, default))
        {
            for (int i = 0; i < 200; i++)
            {
                FrameChannel client = await Transport.ConnectAsync(IpcEndpoint.Unix(path), Options, default);
                FrameChannel? server = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
                RecordingEvents events = new();
                client.Start(events);
                server!.Start(events);

                // Each channel is closed while another thread sleeps in it: the descriptor goes when that thread leaves.
                Task waiting = Task.Factory.StartNew(() => ChannelPair.ReceiveToEnd(client, new RecordingSink()), TaskCreationOptions.LongRunning);
                if (i % 2 == 0)
                {
                    client.Close(new IpcConnectionException("Enough."));
                }

                server.Close(new IpcConnectionException("Enough."));
                await waiting.WaitAsync(ChannelPair.Patience);
                client.Close(new IpcConnectionException("Enough."));
            }
        }

        // Sockets of this test are told from others by their path: the accepted ones carry it.
        string[] open = [.. (await File.ReadAllLinesAsync("/proc/net/unix")).Where(line => line.EndsWith(path, StringComparison.Ordinal))];
        Assert.Empty(open);
    }

    [Fact]
    public async Task A_full_backlog_makes_a_client_wait_until_its_token_fires()
    {
        string path = TestDirectory.NewPath();
        await using ChannelListener listener = await Transport.ListenAsync(IpcEndpoint.Unix(path), Options with { Backlog = 0 }, default);
        FrameChannel first = await Transport.ConnectAsync(IpcEndpoint.Unix(path), Options, default);
        using CancellationTokenSource cancel = new();
        Task<FrameChannel> second = Transport.ConnectAsync(IpcEndpoint.Unix(path), Options, cancel.Token).AsTask();
        Assert.False(second.IsCompleted);

        await cancel.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(ChannelPair.Patience));
        first.Close(new IpcConnectionException("Enough."));
    }

    private static void LeaveStaleSocket(string path)
    {
        using SafeDescriptor socket = Sockets.CreateUnixStream();
        Sockets.Bind(socket, path);
        Sockets.Listen(socket, 1);
    }

    // A directory into which other users may look; our own usual one is closed to them.
    private static string OpenDirectory()
    {
        string directory = Directory.CreateTempSubdirectory("contracts-open-").FullName;
        File.SetUnixFileMode(directory, Everybody & ~(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
        return directory;
    }
}
