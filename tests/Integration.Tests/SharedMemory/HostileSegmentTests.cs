using System.Diagnostics;
using System.Runtime.InteropServices;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.SharedMemory;
using Contracts.Ipc.Transports.UnixSocket;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>The handshake of shm with a peer that passes the wrong memory, the wrong words, too much or nothing: an error with a sentence, and nothing leaks.</summary>
public sealed partial class HostileSegmentTests
{
    private const int Capacity = RingLayout.MinimumCapacity;

    private static readonly RingHandshake Granted = RingHandshake.Own(Capacity);

    public static TheoryData<string, string> BadFiles => new()
    {
        { "nothing", "there was none" },
        { "unsealed", "its size is not sealed " },
        { "may shrink", "its size is not sealed" },
        { "may grow", "its size is not sealed" },
        { "more seals to come", "its size is not sealed" },
        { "too short", "bytes instead of" },
        { "too long", "bytes instead of" },
        { "empty", "it has 0 bytes" },
        { "read-only for ever", "mmap" },
        { "an ordinary file", "it cannot be sealed" },
        { "an event", "" },
        { "a directory", "descriptor of another kind" },
        { "a socket", "descriptor of another kind" },
        { "wrong magic", "it begins with 0x" },
        { "another version", "it has version 9" },
        { "another capacity", "its header speaks of rings of" },
        { "another length", "its header speaks of rings of" },
    };

    [Theory, MemberData(nameof(BadFiles))]
    public async Task A_server_that_passes_the_wrong_memory_is_refused(string what, string expected)
    {
        using var server = new FakeServer();
        Task<IpcConnection> connecting = IpcConnection.ConnectAsync(server.Endpoint).AsTask();
        using SafeDescriptor client = await server.HearAsync();
        using (SafeDescriptor? file = Make(what))
        {
            _ = file is null
                ? SocketIO.Send(client.Number, Granted.ToBytes(), default)
                : DescriptorPassing.Send(client, Granted.ToBytes(), file);
        }

        IpcException refused = await Assert.ThrowsAnyAsync<IpcException>(() => connecting.InTime());
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BadAnswers => new()
    {
        { "magic", "instead of a handshake for shared memory" },
        { "version", "in version 7, this process in version 1" },
        { "library", "the C library" },
        { "mutex size", "the C library" },
        { "pid namespace", "the pid namespace" },
        { "no memory", "no shared memory or descriptors left" },
        { "unknown status", "reason 99" },
        { "capacity 0", "its rings would have 0 bytes" },
        { "odd capacity", "its rings would have" },
        { "huge capacity", "its rings would have 4294967295 bytes" },
        { "hangs up", "closed the connection" },
        { "hangs up half way", "closed the connection" },
        { "stalls", "within 0.2 s" },
        { "stalls half way", "within 0.2 s" },
    };

    [Theory, MemberData(nameof(BadAnswers))]
    public async Task A_server_that_answers_wrongly_is_refused(string what, string expected)
    {
        using var server = new FakeServer();
        Task<IpcConnection> connecting = IpcConnection.ConnectAsync(
            server.Endpoint, new IpcConnectionOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(200) }).AsTask();
        SafeDescriptor client = await server.HearAsync();
        RingHandshake answer = what switch
        {
            "magic" => Granted with { Magic = 0x2054_5345_4C4C_4F48 },
            "version" => Granted with { Version = 7 },
            "library" => Granted with { Mutex = Granted.Mutex with { Libc = 2 } },
            "mutex size" => Granted with { Mutex = Granted.Mutex with { MutexSize = 48 } },
            "pid namespace" => Granted with { Mutex = Granted.Mutex with { PidNamespace = 1 } },
            "no memory" => Granted with { Status = HandshakeStatus.NoMemory },
            "unknown status" => Granted with { Status = (HandshakeStatus)99 },
            "capacity 0" => Granted with { Capacity = 0 },
            "odd capacity" => Granted with { Capacity = Capacity + 64 },
            "huge capacity" => Granted with { Capacity = uint.MaxValue },
            _ => Granted,
        };
        byte[] bytes = answer.ToBytes();
        int length = what switch { "hangs up" or "stalls" => 0, "hangs up half way" or "stalls half way" => 32, _ => bytes.Length };

        // The memory comes with whatever comes.
        using (SafeDescriptor file = Make("right")!)
        {
            _ = length > 0 ? DescriptorPassing.Send(client, bytes.AsSpan(0, length), file) : 0;
        }

        if (what.StartsWith("hangs up", StringComparison.Ordinal))
        {
            client.Dispose();
        }

        IpcException refused = await Assert.ThrowsAnyAsync<IpcException>(() => connecting.InTime());
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        client.Dispose();
    }

    [Fact]
    public async Task Descriptors_that_nobody_asked_for_are_closed()
    {
        using var server = new FakeServer();
        for (int way = 0; way < 2; way++)
        {
            Task<IpcConnection> connecting = IpcConnection.ConnectAsync(server.Endpoint).AsTask();
            using SafeDescriptor client = await server.HearAsync();
            using SafeDescriptor file = Make("unsealed")!;
            if (way == 0)
            {
                // One with every byte.
                foreach (byte part in Granted.ToBytes())
                {
                    Assert.Equal(1, DescriptorPassing.Send(client, [part], file));
                }
            }
            else
            {
                // As many in one message as the kernel allows.
                Assert.Equal(RingHandshake.Length, SendMany(client, Granted.ToBytes(), file, 253));
            }

            _ = await Assert.ThrowsAsync<IpcProtocolException>(() => connecting.InTime());
        }

        // That nothing is left of the 317 is seen by what runs after every test.
    }

    public static TheoryData<string, int> BadWishes => new()
    {
        { "magic", (int)HandshakeStatus.NotOurs },
        { "version", (int)HandshakeStatus.OtherVersion },
        { "library", (int)HandshakeStatus.OtherLibrary },
        { "pid namespace", (int)HandshakeStatus.OtherPidNamespace },
        { "capacity", (int)HandshakeStatus.BadCapacity },
    };

    [Theory, MemberData(nameof(BadWishes))]
    public async Task A_client_that_wishes_wrongly_is_told_why(string what, int expected)
    {
        await using var bystander = await Bystander.StartAsync();
        await using Pair pair = await Pair.OpenAsync("shm", new Probe());
        RingHandshake wish = what switch
        {
            "magic" => Granted with { Magic = 1 },
            "version" => Granted with { Version = 2 },
            "library" => Granted with { Mutex = Granted.Mutex with { Libc = 77 } },
            "pid namespace" => Granted with { Mutex = Granted.Mutex with { PidNamespace = 1 } },
            _ => Granted with { Capacity = 3 },
        };
        using SafeDescriptor socket = await ConnectAsync(pair.Endpoint);

        // With a descriptor that the server has no use for.
        using (SafeDescriptor file = Make("right")!)
        {
            Assert.Equal(RingHandshake.Length, DescriptorPassing.Send(socket, wish.ToBytes(), file));
        }

        using var control = new ControlSocket(socket);
        (RingHandshake answer, SafeDescriptor? segment) = (await control.ReceiveAsync(CancellationToken.None).InTime())!.Value;
        Assert.Equal((HandshakeStatus)expected, answer.Status);
        Assert.Null(segment);
        Assert.Null(await control.ReceiveAsync(CancellationToken.None).InTime());
        await bystander.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    public async Task A_client_that_stalls_is_let_go(int bytes)
    {
        await using Pair pair = await Pair.OpenAsync("shm", new Probe(), new IpcServerOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(200) });
        using SafeDescriptor socket = await ConnectAsync(pair.Endpoint);
        _ = bytes > 0 ? SocketIO.Send(socket.Number, Granted.ToBytes().AsSpan(0, bytes), default) : 0;
        using var control = new ControlSocket(socket);
        long start = Stopwatch.GetTimestamp();
        Assert.Null(await control.ReceiveAsync(CancellationToken.None).InTime());
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 150, 5000);
        Assert.Equal(1, await pair.Probe.RunAsync(1).InTime());
    }

    /// <summary>What keeps a SIGBUS away from the server: nobody can take a page out of the file that it maps.</summary>
    [Fact]
    public async Task A_client_can_neither_shrink_nor_reseal_the_memory_that_it_was_given()
    {
        await using Pair pair = await Pair.OpenAsync("shm", new Probe());
        SafeDescriptor socket = await ConnectAsync(pair.Endpoint);
        Assert.Equal(RingHandshake.Length, SocketIO.Send(socket.Number, Granted.ToBytes(), default));
        RingHandshake answer;
        SafeDescriptor? segment;
        using (var control = new ControlSocket(socket))
        {
            (answer, segment) = (await control.ReceiveAsync(CancellationToken.None).InTime())!.Value;
        }

        using (segment)
        {
            Assert.Equal(HandshakeStatus.Granted, answer.Status);
            Assert.Equal(SharedFile.FixedSize, SharedFile.SealsOf(segment!) & SharedFile.FixedSize);
            Assert.Equal(Errno.EPERM, Assert.Throws<NativeException>(() => SharedFile.Seal(segment!, 8)).Errno);
            Assert.Equal(-1, Truncate(segment!, 0));
            Assert.Equal(-1, Truncate(segment!, 1 << 30));
            Assert.Equal((ulong)RingLayout.SegmentLength(Capacity), Files.Status(segment!).Length);
        }

        // It has said nothing of the protocol proper; gone, it is forgotten.
        socket.Dispose();
        Assert.True(Within.Eventually(() => pair.Server.Connections.Count == 1));
        Assert.Equal(1, await pair.Probe.RunAsync(1).InTime());
    }

    private static async Task<SafeDescriptor> ConnectAsync(IpcEndpoint endpoint)
        => (await UnixSocketPath.ConnectAsync(endpoint, SocketPath.Of(endpoint.Address, ".shm"), new TransportOptions(), CancellationToken.None).InTime()).Socket;

    /// <summary>A file as the name says, right in every other respect.</summary>
    private static unsafe SafeDescriptor? Make(string what)
    {
        switch (what)
        {
            case "nothing":
                return null;
            case "an event":
                return new SafeDescriptor(EventDescriptor(0, 0x80000));
            case "a socket":
                return Sockets.CreateUnixStream();
            case "a directory":
                return new SafeDescriptor(Open(Path.GetTempPath(), 0x80000));
            case "an ordinary file":
                string path = Path.Combine(AppContext.BaseDirectory, $"file-{Environment.ProcessId}");
                File.WriteAllBytes(path, new byte[RingLayout.SegmentLength(Capacity)]);
                var ordinary = new SafeDescriptor(Open(path, 0x80002));
                File.Delete(path);
                return ordinary;
        }

        SafeDescriptor file = SharedFile.CreateAnonymous("contracts-ring");
        long length = RingLayout.SegmentLength(Capacity);
        if (what == "empty")
        {
            SharedFile.Seal(file, SharedFile.FixedSize);
            return file;
        }

        SharedFile.Allocate(file, what switch { "too short" => length - 4096, "too long" => length + 4096, _ => length });
        using (MappedMemory memory = MappedMemory.Map(file, 4096, writable: true))
        {
            *(ulong*)(memory.Start + RingLayout.MagicOffset) = what == "wrong magic" ? 1 : RingLayout.Magic;
            *(uint*)(memory.Start + RingLayout.VersionOffset) = what == "another version" ? 9 : RingLayout.Version;
            *(ulong*)(memory.Start + RingLayout.CapacityOffset) = what == "another capacity" ? 2 * Capacity : (ulong)Capacity;
            *(ulong*)(memory.Start + RingLayout.LengthOffset) = what == "another length" ? ulong.MaxValue : (ulong)length;
        }

        SharedFile.Seal(file, what switch
        {
            "unsealed" => 0,
            "may shrink" => 6,
            "may grow" => 5,
            "more seals to come" => 3,
            "read-only for ever" => SharedFile.FixedSize | 8,
            _ => SharedFile.FixedSize,
        });
        return file;
    }

    private static unsafe int SendMany(SafeDescriptor socket, ReadOnlySpan<byte> bytes, SafeDescriptor file, int count)
    {
        int length = 16 + (count * sizeof(int));
        byte* control = stackalloc byte[length + 8];
        *(nint*)control = length;
        *(int*)(control + 8) = 1;
        *(int*)(control + 12) = 1;
        new Span<int>(control + 16, count).Fill(file.Number);
        fixed (byte* start = bytes)
        {
            nint* part = stackalloc nint[] { (nint)start, bytes.Length };
            nint* message = stackalloc nint[] { 0, 0, (nint)part, 1, (nint)control, length, 0 };
            return (int)SendMessage(socket, message, 0x4000);
        }
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static unsafe partial nint SendMessage(SafeDescriptor socket, nint* message, int flags);

    [LibraryImport("libc", EntryPoint = "eventfd")]
    private static partial int EventDescriptor(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ftruncate")]
    private static partial int Truncate(SafeDescriptor file, nint length);

    /// <summary>A listening socket whose answers are the test's.</summary>
    private sealed class FakeServer : IDisposable
    {
        private readonly UnixSocketAcceptor _acceptor;

        internal FakeServer()
        {
            Endpoint = TestTransports.NewEndpoint("shm");
            _acceptor = UnixSocketPath.Listen(Endpoint, SocketPath.Of(Endpoint.Address, ".shm"), new TransportOptions());
        }

        internal IpcEndpoint Endpoint { get; }

        /// <summary>The next client, once it has said what it wishes.</summary>
        internal async Task<SafeDescriptor> HearAsync()
        {
            AcceptedSocket client = (await _acceptor.AcceptAsync(CancellationToken.None).InTime())!.Value;
            using var control = new ControlSocket(client.Socket);
            _ = (await control.ReceiveAsync(CancellationToken.None).InTime())!.Value;
            return client.Socket;
        }

        public void Dispose() => _acceptor.Dispose();
    }
}
