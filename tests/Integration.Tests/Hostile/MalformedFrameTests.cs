using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Protocol;

namespace Contracts.Ipc.Integration.Tests.Hostile;

public sealed class MalformedFrameTests(ITestOutputHelper output)
{
    private static readonly ulong Run = Siege.Method("RunAsync");
    private static readonly ulong RunBytes = Siege.Method("RunBytesAsync");

    public static TheoryData<string, byte[], string> Violations => new()
    {
        { "frame shorter than a header", [8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8], "shorter than the 16 bytes" },
        { "oversized length prefix", [1, 0, 1, 0], "announced a frame of 65537 bytes" },
        { "2 GiB length prefix", [0xFF, 0xFF, 0xFF, 0xFF], "announced a frame of 4294967295 bytes" },
        { "unknown kind", RawPeer.Frame((FrameKind)99, FrameFlags.None, 0, 0), "unknown kind 99" },
        { "kind zero", RawPeer.Frame(0, FrameFlags.None, 0, 0), "unknown kind 0" },
        { "Hello on an open connection", RawPeer.Hello(), "Hello" },
        { "deadline block missing", RawPeer.Frame(FrameKind.Call, FrameFlags.Deadline, 1, Run, 1, 2), "ends before the blocks" },
        { "target block missing", RawPeer.Frame(FrameKind.Call, FrameFlags.Target, 1, Run), "ends before the blocks" },
        { "metadata longer than the frame", RawPeer.Frame(FrameKind.Call, FrameFlags.Metadata, 1, Run, 0xFF, 0x00, 1), "ends before the blocks" },
        { "total length missing", RawPeer.Frame(FrameKind.Call, FrameFlags.Fragmented, 1, Run, 1), "ends before the blocks" },
        { "call id in use", [.. RawPeer.Call(5, Run, -1), .. RawPeer.Call(5, Run, -1)], "Call id 5 is still in use" },
        { "fragment without beginning", RawPeer.Frame(FrameKind.Fragment, FrameFlags.None, 3, 0, 1, 2, 3), "no beginning was seen" },
        {
            "fragments longer than announced",
            [.. RawPeer.Frame(FrameKind.Call, FrameFlags.Fragmented, 3, RunBytes, 10, 0, 0, 0, 1, 2), .. RawPeer.Frame(FrameKind.Fragment, 0, 3, 0, new byte[9])],
            "longer than the 10 bytes"
        },
        { "a fragmented message that is whole", RawPeer.Frame(FrameKind.Call, FrameFlags.Fragmented, 3, RunBytes, 2, 0, 0, 0, 1, 2), "first frame holds all" },
        { "2 GiB announced in fragments", RawPeer.Frame(FrameKind.Call, FrameFlags.Fragmented, 3, RunBytes, 0xFF, 0xFF, 0xFF, 0x7F, 1), "2147483647 bytes" },
        {
            "the same fragmented message twice",
            [
                .. RawPeer.Frame(FrameKind.Call, FrameFlags.Fragmented, 3, RunBytes, 10, 0, 0, 0, 1),
                .. RawPeer.Frame(FrameKind.Call, FrameFlags.Fragmented, 3, RunBytes, 10, 0, 0, 0, 1),
            ],
            "Call id 3 is still in use"
        },
    };

    [Theory, MemberData(nameof(Violations))]
    public async Task A_malformed_frame_closes_the_connection_with_a_sentence(string what, byte[] bytes, string expected)
    {
        await using Siege siege = await Siege.OpenAsync(new() { OnRun = Hanging });
        using RawPeer peer = siege.Attack().Greet();
        Task<IpcCloseReason> closed = siege.Accepted().Closed;
        peer.Send(bytes);
        string? words = peer.LastWords();
        Assert.True(words?.Contains(expected, StringComparison.Ordinal), $"{what}: '{words}'");
        IpcCloseReason reason = await closed.InTime();
        Assert.Equal(IpcCloseKind.Violation, reason.Kind);
        Assert.IsAssignableFrom<IpcException>(reason.Exception);
        await siege.AssertUnharmedAsync();
    }

    public static TheoryData<string, byte[]> Harmless => new()
    {
        { "an answer that nobody waits for", RawPeer.Frame(FrameKind.Result, FrameFlags.None, 1234, 0, 1) },
        { "a fault that nobody waits for", RawPeer.Frame(FrameKind.Fault, FrameFlags.None, 1, 0, 0xC1) },
        { "a cancel of nothing", RawPeer.Frame(FrameKind.Cancel, FrameFlags.None, 0xFFFFFFFF, 0) },
        { "a pong that nobody asked for", RawPeer.Frame(FrameKind.Pong, FrameFlags.None, 0, 99) },
        { "metadata that cannot be read", RawPeer.Frame(FrameKind.Call, FrameFlags.Metadata, 1, Run, 2, 0, 0xC1, 0xC1, 0x91, 0x01) },
        { "a call of no method", RawPeer.Call(1, 1, 1) },
        { "a call of no target", RawPeer.Frame(FrameKind.Call, FrameFlags.Target, 1, Run, 9, 0, 0, 0, 0x91, 0x01) },
        { "arguments that cannot be read", RawPeer.Frame(FrameKind.Call, FrameFlags.None, 1, Run, 0xC1, 0xFF) },
        { "no arguments", RawPeer.Frame(FrameKind.Call, FrameFlags.None, 1, Run) },
        { "arguments with a tail", RawPeer.Frame(FrameKind.Call, FrameFlags.None, 1, Run, 0x91, 0x01, 0x02) },
        { "2^32-1 arguments", RawPeer.Frame(FrameKind.Call, FrameFlags.None, 1, Run, 0xDD, 0xFF, 0xFF, 0xFF, 0xFF) },
        { "a byte array of 4 GiB", RawPeer.Frame(FrameKind.Call, FrameFlags.None, 1, RunBytes, 0x91, 0xC6, 0xFF, 0xFF, 0xFF, 0xFF) },
        { "a thousand unknown GoAway answers", [.. Enumerable.Repeat(RawPeer.Frame(FrameKind.GoAway, FrameFlags.None, 1, 0), 1000).SelectMany(static frame => frame)] },
    };

    [Theory, MemberData(nameof(Harmless))]
    public async Task What_concerns_one_call_or_nobody_leaves_the_connection_open(string what, byte[] bytes)
    {
        await using Siege siege = await Siege.OpenAsync();
        using RawPeer peer = siege.Attack().Greet();
        peer.Send(bytes);
        peer.Send(RawPeer.Call(77, Run, 12));
        while (true)
        {
            (FrameHeader header, byte[] payload)? frame = peer.Receive();
            Assert.True(frame is not null, $"{what}: the server closed.");
            if (frame.Value.header.CallId == 77)
            {
                Assert.Equal(FrameKind.Result, frame.Value.header.Kind);
                Assert.Equal([12], frame.Value.payload);
                break;
            }
        }

        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_declared_length_allocates_nothing_until_bytes_come()
    {
        await using Siege siege = await Siege.OpenAsync(configure: static options => options.StallTimeout = TimeSpan.FromSeconds(30));
        var peers = new List<RawPeer>();
        try
        {
            for (int i = 0; i < 10; i++)
            {
                peers.Add(siege.Attack().Greet());
            }

            GC.Collect();
            long before = GC.GetTotalMemory(forceFullCollection: true);
            byte[] begin = RawPeer.Frame(FrameKind.Call, FrameFlags.Fragmented, 3, RunBytes, 0, 0, 0xFF, 0, 1);
            foreach (RawPeer peer in peers)
            {
                peer.Send([.. begin, 0x00, 0xFF, 0x00, 0x00, 1]);
                peer.Send(RawPeer.Frame(FrameKind.Ping, 0, 0, 1).AsSpan(0, 1));
            }

            await siege.AssertUnharmedAsync();
            long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
            // Each peer declared 16 MiB; what the process holds besides (pools, the test itself) moves by a megabyte or two.
            Assert.InRange(grown, long.MinValue, 10 * 1024 * 1024);
        }
        finally
        {
            peers.ForEach(static peer => peer.Dispose());
        }
    }

    [Fact]
    public async Task A_truncated_frame_at_the_end_is_told_in_the_close_reason()
    {
        await using Siege siege = await Siege.OpenAsync();
        RawPeer peer = siege.Attack().Greet();
        Task<IpcCloseReason> closed = siege.Accepted().Closed;
        peer.Send(RawPeer.Call(1, Run, 1).AsSpan(0, 15));
        peer.Dispose();
        IpcCloseReason reason = await closed.InTime();
        Assert.Equal(IpcCloseKind.Lost, reason.Kind);
        Assert.Contains("in the middle of a frame", reason.Message, StringComparison.Ordinal);
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_frame_that_is_never_finished_ends_the_connection_at_the_stall_deadline()
    {
        await using Siege siege = await Siege.OpenAsync();
        using RawPeer peer = siege.Attack().Greet();
        Task<IpcCloseReason> closed = siege.Accepted().Closed;
        peer.Send(RawPeer.Call(1, Run, 1).AsSpan(0, 15));
        IpcCloseReason reason = await closed.InTime();
        Assert.Equal(IpcCloseKind.Violation, reason.Kind);
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_peer_that_shuts_its_sending_side_is_taken_for_gone()
    {
        await using Siege siege = await Siege.OpenAsync();
        using RawPeer peer = siege.Attack().Greet();
        Task<IpcCloseReason> closed = siege.Accepted().Closed;
        peer.Send(RawPeer.Call(1, Run, 1));
        peer.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal(IpcCloseKind.Lost, (await closed.InTime()).Kind);
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_peer_that_shuts_its_receiving_side_is_let_go_when_something_is_to_be_sent()
    {
        await using Siege siege = await Siege.OpenAsync();
        using RawPeer peer = siege.Attack().Greet();
        Task<IpcCloseReason> closed = siege.Accepted().Closed;
        peer.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Receive);
        peer.Send(RawPeer.Call(1, Run, 1));
        Assert.Equal(IpcCloseKind.Lost, (await closed.InTime()).Kind);
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Random_bytes_and_mutated_frames_end_in_an_answer_or_a_closed_connection()
    {
        int seed = Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") is { } given ? (int)ulong.Parse(given, provider: null) : Random.Shared.Next();
        output.WriteLine($"CONTRACTS_TEST_SEED={seed}");
        var random = new Random(seed);
        await using Siege siege = await Siege.OpenAsync();
        byte[][] valid =
        [
            RawPeer.Call(1, Run, 5), RawPeer.Frame(FrameKind.Cancel, 0, 1, 0), RawPeer.Frame(FrameKind.Ping, 0, 0, 1),
            RawPeer.Frame(FrameKind.Call, FrameFlags.Fragmented, 3, RunBytes, 10, 0, 0, 0, 0x91, 0xC4, 7), RawPeer.Frame(FrameKind.Fragment, 0, 3, 0, new byte[7]),
            RawPeer.Frame(FrameKind.Call, FrameFlags.Deadline | FrameFlags.Metadata, 9, Run, 100, 0, 0, 0, 1, 0, 0x80, 0x91, 1),
        ];
        for (int round = 0; round < 300; round++)
        {
            using RawPeer peer = siege.Attack();
            if (round % 3 != 0)
            {
                peer.Greet();
            }

            for (int i = 0; i < 5; i++)
            {
                byte[] bytes = [.. valid[random.Next(valid.Length)]];
                if (round % 5 == 0)
                {
                    bytes = new byte[random.Next(1, 300)];
                    random.NextBytes(bytes);
                }
                else
                {
                    for (int flips = random.Next(1, 4); flips > 0; flips--)
                    {
                        // Mostly behind the length prefix: beyond it there is more to break.
                        bytes[random.Next(random.Next(8) == 0 ? 0 : 4, bytes.Length)] = (byte)random.Next(256);
                    }
                }

                if (!peer.TrySend(bytes))
                {
                    break;
                }
            }
        }

        Assert.True(Within.Eventually(() => siege.Server.Connections.Count == 1), "Connections remain.");
        await siege.AssertUnharmedAsync();
    }

    /// <summary>A call of -1 is never answered; all others at once.</summary>
    private static async ValueTask<int> Hanging(int value, CancellationToken token)
    {
        if (value == -1)
        {
            await Task.Delay(Timeout.Infinite, token);
        }

        return value;
    }
}
