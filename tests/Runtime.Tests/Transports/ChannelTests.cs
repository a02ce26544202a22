using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>What a session may rely on, over every transport.</summary>
public sealed class ChannelTests
{
    private const int Maximum = 64 * 1024;

    public static TheoryData<string> All => TransportUnderTest.All;

    public static TheoryData<string> Streams => TransportUnderTest.Streams;

    /// <summary>A line has no end of its own: what tells of it is a mark among the bytes.</summary>
    public static TheoryData<string> Named => TransportUnderTest.Named;

    public static TheoryData<string> NamedStreams => TransportUnderTest.NamedStreams;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Frames_of_every_size_arrive_unchanged_and_in_order(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        int[] sizes = [16, 17, 19, 20, 64, 1000, 4095, 4096, 4097, 16_380, 16_384, 32_768, Maximum - 1, Maximum, 16, Maximum, Maximum, 16];
        byte[][] frames = [.. sizes.Select(Frames.Prefixed)];
        RecordingSink sink = new();

        Task sending = Task.Run(async () =>
        {
            foreach (byte[] frame in frames)
            {
                await ChannelPair.SendAsync(pair.Client, pair.ClientEvents, frame);
            }
        });
        ChannelPair.ReceiveFrames(pair.Server, sink, frames.Length);
        await sending;

        Frames.AssertSame(frames, sink.Frames);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_frame_given_in_two_parts_is_one_frame(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        byte[] frame = Frames.Prefixed(500);
        RecordingSink sink = new();

        Assert.Equal(frame.Length, pair.Server.TrySend(frame.AsSpan(0, 20), frame.AsSpan(20)));
        ChannelPair.ReceiveFrames(pair.Client, sink, 1);

        Assert.Equal(frame[4..], Assert.Single(sink.Frames));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_burst_of_small_frames_arrives_whole(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        byte[][] frames = [.. Enumerable.Range(0, 1000).Select(seed => Frames.Prefixed(16 + (seed % 100), seed))];
        RecordingSink sink = new();

        Task sending = Task.Run(() => ChannelPair.SendAsync(pair.Client, pair.ClientEvents, frames.SelectMany(frame => frame).ToArray()));
        ChannelPair.ReceiveFrames(pair.Server, sink, frames.Length);
        await sending;

        Frames.AssertSame(frames, sink.Frames);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_writer_of_single_bytes_is_understood(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        byte[] bytes = [.. Frames.Prefixed(16, 1), .. Frames.Prefixed(40, 2)];
        RecordingSink sink = new();

        for (int i = 0; i < bytes.Length; i++)
        {
            Assert.Equal(1, pair.Client.TrySend(bytes.AsSpan(i, 1), default));
            Assert.True(pair.Server.WaitReadable(10_000));
            _ = pair.Server.Receive(sink);
        }

        ChannelPair.ReceiveFrames(pair.Server, sink, 2);
        Assert.Equal([bytes[4..20], bytes[24..]], sink.Frames);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_full_channel_takes_a_part_and_says_when_there_is_room(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        byte[][] frames = [.. Enumerable.Range(0, 256).Select(seed => Frames.Prefixed(10_000, seed))];
        byte[] all = [.. frames.SelectMany(frame => frame)];

        int sent = 0;
        int taken;
        while ((taken = pair.Client.TrySend(all.AsSpan(sent), default)) > 0)
        {
            sent += taken;
        }

        Assert.InRange(sent, 1, all.Length - 1);
        RecordingSink sink = new();
        Task rest = ChannelPair.SendAsync(pair.Client, pair.ClientEvents, all.AsMemory(sent));
        ChannelPair.ReceiveFrames(pair.Server, sink, frames.Length);
        await rest.WaitAsync(ChannelPair.Patience);

        Frames.AssertSame(frames, sink.Frames);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Room_is_told_also_to_a_side_that_does_not_receive_what_it_has(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        byte[] frame = Frames.Prefixed(100);
        Assert.Equal(frame.Length, pair.Server.TrySend(frame, default));
        byte[][] frames = [.. Enumerable.Range(0, 256).Select(seed => Frames.Prefixed(10_000, seed))];
        RecordingSink sink = new();

        Task sending = ChannelPair.SendAsync(pair.Client, pair.ClientEvents, frames.SelectMany(static frame => frame).ToArray());
        ChannelPair.ReceiveFrames(pair.Server, sink, frames.Length);
        await sending.WaitAsync(ChannelPair.Patience);

        Frames.AssertSame(frames, sink.Frames);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_server_may_fill_the_channel_before_its_client_has_sent_anything(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        byte[][] frames = [.. Enumerable.Range(0, 256).Select(seed => Frames.Prefixed(10_000, seed))];
        RecordingSink sink = new();

        Task sending = ChannelPair.SendAsync(pair.Server, pair.ServerEvents, frames.SelectMany(static frame => frame).ToArray());
        ChannelPair.ReceiveFrames(pair.Client, sink, frames.Length);
        await sending.WaitAsync(ChannelPair.Patience);

        Frames.AssertSame(frames, sink.Frames);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Both_directions_carry_random_frames_in_random_pieces_at_once(string transport)
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);

        Task forth = Run(transport, pair.Client, pair.ClientEvents, pair.Server, seed);
        Task back = Run(transport, pair.Server, pair.ServerEvents, pair.Client, seed + 1);
        await Task.WhenAll(forth, back).WaitAsync(ChannelPair.Patience);

        static async Task Run(string transport, FrameChannel from, RecordingEvents fromEvents, FrameChannel to, int seed)
        {
            Random random = new(seed);
            byte[][] frames = [.. Enumerable.Range(0, 300).Select(i => Frames.Prefixed(random.Next(4) == 0 ? random.Next(16, Maximum + 1) : random.Next(16, 200), i))];
            byte[] all = [.. frames.SelectMany(frame => frame)];
            RecordingSink sink = new();
            Task receiving = Task.Factory.StartNew(() => ChannelPair.ReceiveFrames(to, sink, frames.Length), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            for (int sent = 0; sent < all.Length;)
            {
                int piece = TransportUnderTest.IsStream(transport) ? Math.Min(random.Next(1, 30_000), all.Length - sent) : 4 + BitConverter.ToInt32(all, sent);
                await ChannelPair.SendAsync(from, fromEvents, all.AsMemory(sent, piece));
                sent += piece;
            }

            await receiving;
            Frames.AssertSame(frames, sink.Frames);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task After_the_sink_stopped_the_next_receive_goes_on_with_the_next_frame(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        byte[][] frames = [.. Enumerable.Range(0, 5).Select(seed => Frames.Prefixed(100, seed))];
        Assert.Equal(5 * 104, pair.Client.TrySend(frames.SelectMany(frame => frame).ToArray(), default));
        RecordingSink sink = new() { StopAfter = 2 };

        Assert.True(pair.Server.WaitReadable(10_000));
        ReceiveStatus status;
        while ((status = pair.Server.Receive(sink)) is ReceiveStatus.Empty or ReceiveStatus.Received)
        {
        }

        Assert.Equal(ReceiveStatus.Stopped, status);
        Assert.Equal(2, sink.Frames.Count);
        sink.StopAfter = int.MaxValue;
        ChannelPair.ReceiveFrames(pair.Server, sink, 5);
        Frames.AssertSame(frames, sink.Frames);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Frames_left_behind_by_a_stop_are_announced(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        byte[] two = [.. Frames.Prefixed(100, 1), .. Frames.Prefixed(100, 2)];
        Assert.Equal(two.Length, pair.Client.TrySend(two, default));
        RecordingSink sink = new() { StopAfter = 1 };
        while (pair.Server.Receive(sink) != ReceiveStatus.Stopped)
        {
            _ = pair.Server.WaitReadable(10_000);
        }

        pair.Server.ArmReadable();

        Assert.True(await pair.ServerEvents.Readable.WaitAsync(ChannelPair.Patience));
        Assert.True(pair.Server.WaitReadable(0));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_armed_channel_announces_a_frame_once_until_armed_again(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        RecordingSink sink = new();
        for (int i = 1; i <= 20; i++)
        {
            // An event may come with nothing behind it; one must come when there is something.
            pair.Server.ArmReadable();
            _ = pair.Client.TrySend(Frames.Prefixed(64, i), default);
            while (sink.Frames.Count < i)
            {
                Assert.True(await pair.ServerEvents.Readable.WaitAsync(ChannelPair.Patience));
                if (pair.Server.Receive(sink) == ReceiveStatus.Empty)
                {
                    pair.Server.ArmReadable();
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Receive_says_empty_and_waiting_ends_when_time_is_up(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);

        Assert.Equal(ReceiveStatus.Empty, pair.Server.Receive(new RecordingSink()));
        Assert.False(pair.Server.WaitReadable(0));
        Assert.False(pair.Server.WaitReadable(20));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Interrupt_ends_the_next_wait_and_only_that(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        _ = pair.Server.WaitReadable(0);

        pair.Server.Interrupt();

        Assert.True(pair.Server.WaitReadable(10_000));
        Assert.False(pair.Server.WaitReadable(20));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Interrupt_ends_a_wait_that_has_begun(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        for (int i = 0; i < 50; i++)
        {
            Task<bool> waiting = Task.Factory.StartNew(() => pair.Server.WaitReadable(20_000), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            pair.Server.Interrupt();
            Assert.True(await waiting.WaitAsync(ChannelPair.Patience));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(Maximum + 1)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public async Task A_length_prefix_out_of_bounds_is_an_error_before_anything_is_allocated_for_it(int length)
    {
        foreach (string transport in TransportUnderTest.NamedStreams)
        {
            await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
            byte[] bytes = [.. Frames.Prefixed(64), .. BitConverter.GetBytes(length), .. new byte[16]];
            RecordingSink sink = new();
            _ = pair.Server.Receive(sink);

            _ = pair.Client.TrySend(bytes, default);
            IpcProtocolException reason = Assert.Throws<IpcProtocolException>(() => _ = ChannelPair.ReceiveToEnd(pair.Server, sink));

            Assert.Equal(IpcErrorCode.ProtocolViolation, reason.Code);
            Assert.Contains($"{(uint)length} bytes", reason.Message, StringComparison.Ordinal);
            _ = Assert.Single(sink.Frames);

            // The session may still tell the peer before it closes, and no later call reads on.
            Assert.Null(pair.Server.CloseReason);
            Assert.Equal(104, pair.Server.TrySend(Frames.Prefixed(100), default));
            _ = Assert.Throws<IpcProtocolException>(() => _ = pair.Server.Receive(sink));
            pair.Server.Close(reason);
            RecordingSink client = new();
            Assert.IsType<IpcConnectionException>(ChannelPair.ReceiveToEnd(pair.Client, client));
            _ = Assert.Single(client.Frames);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_channel_tells_whether_a_frame_is_unfinished(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        byte[] frame = Frames.Prefixed(100);
        RecordingSink sink = new();
        Assert.False(pair.Server.IsInsideFrame);

        _ = pair.Client.TrySend(frame.AsSpan(0, 3), default);
        while (!pair.Server.IsInsideFrame)
        {
            Assert.True(pair.Server.WaitReadable(10_000));
            _ = pair.Server.Receive(sink);
        }

        _ = pair.Client.TrySend(frame.AsSpan(3), default);
        ChannelPair.ReceiveFrames(pair.Server, sink, 1);
        Assert.False(pair.Server.IsInsideFrame);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task The_buffer_grows_with_what_came_and_not_with_what_was_announced(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport, maximumFrameLength: 1 << 30);
        RecordingSink sink = new();
        _ = pair.Client.TrySend(BitConverter.GetBytes(1 << 30), new byte[1]);
        Assert.True(pair.Server.WaitReadable(10_000));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            _ = pair.Server.Receive(sink);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Theory]
    [MemberData(nameof(NamedStreams))]
    public async Task A_frame_cut_short_by_the_end_is_told_from_an_end_between_frames(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        _ = pair.Client.TrySend(Frames.Prefixed(100).AsSpan(0, 64), default);
        pair.Client.Close(new IpcConnectionException("Enough."));

        IpcConnectionException reason = Assert.IsType<IpcConnectionException>(ChannelPair.ReceiveToEnd(pair.Server, new RecordingSink()));

        Assert.Contains("60 of 100 bytes", reason.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_was_sent_before_closing_is_received_before_the_end(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        int length = transport == "device" || !TransportUnderTest.IsStream(transport) ? 1000 : 10_000; // A line holds 10 KB or so.
        byte[] all = [.. Enumerable.Range(0, 4).SelectMany(seed => Frames.Prefixed(length, seed))];
        Assert.Equal(all.Length, pair.Server.TrySend(all, default));
        pair.Server.Close(new IpcConnectionException("Enough."));
        RecordingSink sink = new();

        IpcConnectionException reason = Assert.IsType<IpcConnectionException>(ChannelPair.ReceiveToEnd(pair.Client, sink));

        Assert.Equal(4, sink.Frames.Count);
        Assert.Equal(IpcDelivery.MaybeExecuted, reason.Delivery);
        Assert.Equal(ReceiveStatus.Closed, pair.Client.Receive(sink));
    }

    [Theory]
    [MemberData(nameof(NamedStreams))]
    public async Task A_failed_send_leaves_what_the_peer_sent_before_it_went(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        Assert.Equal(104, pair.Server.TrySend(Frames.Prefixed(100, 7), default));
        pair.Server.Close(new IpcConnectionException("Enough."));
        RecordingSink sink = new();

        // A stream tells of the peer's end only after a write or two.
        IpcException? refused = null;
        for (int i = 0; i < 10_000 && refused is null; i++)
        {
            refused = Record.Exception(() => pair.Client.TrySend(Frames.Prefixed(100), default)) as IpcException;
        }

        Assert.IsType<IpcConnectionException>(refused);
        _ = ChannelPair.ReceiveToEnd(pair.Client, sink);
        Assert.Equal(Frames.Prefixed(100, 7)[4..], Assert.Single(sink.Frames));
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task The_end_of_the_peer_is_announced_to_a_channel_that_waits_for_frames(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        Assert.Equal(ReceiveStatus.Empty, pair.Client.Receive(new RecordingSink()));
        pair.Client.ArmReadable();

        pair.Server.Close(new IpcConnectionException("Enough."));

        Assert.True(!TransportUnderTest.IsStream(transport) || await pair.ClientEvents.PeerClosed.WaitAsync(ChannelPair.Patience));
        Assert.True(await pair.ClientEvents.Readable.WaitAsync(ChannelPair.Patience));
        Assert.IsType<IpcConnectionException>(ChannelPair.ReceiveToEnd(pair.Client, new RecordingSink()));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Closing_wakes_the_own_thread_that_waits_and_the_one_at_the_peer(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);
        Task<Exception> own = WaitForEnd(pair.Client);
        Task<Exception> other = WaitForEnd(pair.Server);
        IpcConnectionException mine = new("Mine.");

        pair.Client.Close(mine);
        pair.Client.Close(new IpcConnectionException("Too late."));

        Assert.Same(mine, await own.WaitAsync(ChannelPair.Patience));
        Assert.IsType<IpcConnectionException>(await other.WaitAsync(ChannelPair.Patience));
        Assert.Same(mine, Assert.Throws<IpcConnectionException>(() => pair.Client.TrySend(new byte[20], default)).InnerException);

        static Task<Exception> WaitForEnd(FrameChannel channel) => Task.Factory.StartNew(
            () => ChannelPair.ReceiveToEnd(channel, new RecordingSink()), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task The_peer_is_this_user_and_process(string transport)
    {
        await using ChannelPair pair = await ChannelPair.ConnectAsync(transport);

        Assert.Equal(Environment.ProcessId, pair.Server.Peer.ProcessId);
        Assert.Equal(Environment.ProcessId, pair.Client.Peer.ProcessId);
        Assert.Equal(Contracts.Ipc.Native.Files.EffectiveUserId, pair.Server.Peer.UserId);
    }
}
