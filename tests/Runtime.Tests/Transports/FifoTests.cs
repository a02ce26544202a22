using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Fifo;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>What only FIFOs can get wrong: strangers who write into them, clients that stop halfway, names that are left or taken.</summary>
public sealed class FifoTests
{
    private static readonly FifoTransport Transport = new();
    private static readonly TransportOptions Options = new();
    private static readonly TransportOptions Hurried = new() { HandshakeTimeout = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task Garbage_in_the_servers_fifo_costs_no_client_its_connection()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        string path = TestDirectory.NewPath(".fifo");
        await using ChannelListener listener = await Transport.ListenAsync($"fifo:{path}", Options, default);
        using SafeDescriptor stranger = FifoPath.OpenOwn(path, StreamAccess.Write);
        for (int i = 0; i < 30; i++)
        {
            byte[] garbage = new byte[random.Next(1, 200)];
            random.NextBytes(garbage);
            if (i % 3 == 0)
            {
                // What looks like a message, and is cut short or not what its checksum says.
                FifoMessage.Own(FifoStep.Hello, 1).ToBytes().AsSpan(0, Math.Min(garbage.Length, 60)).CopyTo(garbage);
            }

            _ = FileIO.Send(stranger.Number, garbage, default);
            FrameChannel client = await Transport.ConnectAsync($"fifo:{path}", Options, default).AsTask().WaitAsync(ChannelPair.Patience);
            FrameChannel? server = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
            RecordingSink sink = new();
            _ = client.TrySend(Frames.Prefixed(100, i), default);
            ChannelPair.ReceiveFrames(server!, sink, 1);
            Close(client, server!);
        }
    }

    [Fact]
    public async Task Clients_that_stop_at_any_step_hold_up_nobody_and_leave_nothing()
    {
        string path = TestDirectory.NewPath(".fifo");
        await using ChannelListener listener = await Transport.ListenAsync($"fifo:{path}", Hurried, default);
        List<SafeDescriptor> held = [];
        using SafeDescriptor server = FifoPath.OpenOwn(path, StreamAccess.Write);
        for (ulong nonce = 1; nonce <= 40; nonce++)
        {
            // 0: no FIFOs at all. 1: made, not read. 2: read, never begun. 3: begun with something else.
            int step = (int)(nonce % 4);
            if (step > 0)
            {
                PosixHelper.MakeFifo(FifoPath.Up(path, nonce));
                PosixHelper.MakeFifo(FifoPath.Down(path, nonce));
            }

            SafeDescriptor? down = step > 1 ? FifoPath.OpenOwn(FifoPath.Down(path, nonce), StreamAccess.Read) : null;
            Assert.True(FifoConversation.TrySend(server, FifoMessage.Own(FifoStep.Hello, nonce)));
            if (down is not null)
            {
                held.Add(down);
                if (step == 3)
                {
                    Assert.NotNull(await FifoConversation.ReceiveAsync(down, server, default).AsTask().WaitAsync(ChannelPair.Patience));
                    SafeDescriptor up = FifoPath.OpenOwn(FifoPath.Up(path, nonce), StreamAccess.Write);
                    Assert.True(FifoConversation.TrySend(up, FifoMessage.Own(FifoStep.Begun, nonce + 1)));
                    held.Add(up);
                }
            }
        }

        FrameChannel client = await Transport.ConnectAsync($"fifo:{path}", Options, default).AsTask().WaitAsync(ChannelPair.Patience);
        FrameChannel? accepted = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
        Close(client, accepted!);

        // The server removes the names of those who gave up, when their time is over.
        Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".0*").Length == 0, ChannelPair.Patience));
        held.ForEach(static descriptor => descriptor.Dispose());
    }

    [Fact]
    public async Task A_connection_leaves_no_name_and_holds_no_end_of_the_servers_fifo()
    {
        string path = TestDirectory.NewPath(".fifo");
        await using ChannelListener listener = await Transport.ListenAsync($"fifo:{path}", Options, default);
        FrameChannel client = await Transport.ConnectAsync($"fifo:{path}", Options, default);
        FrameChannel? server = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);

        Assert.Equal([path, path + ".lock"], Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*").Order(StringComparer.Ordinal));
        Assert.Equal(0x180, Files.Status(path)!.Value.Permissions);
        Close(client, server!);
    }

    [Fact]
    public async Task A_fifo_that_nobody_reads_is_left_from_the_dead_and_replaced()
    {
        string path = TestDirectory.NewPath(".fifo");
        PosixHelper.MakeFifo(path);
        _ = await Assert.ThrowsAsync<IpcConnectionException>(async () => await Transport.ConnectAsync($"fifo:{path}", Options, default));

        await using ChannelListener listener = await Transport.ListenAsync($"fifo:{path}", Options, default);
        FrameChannel client = await Transport.ConnectAsync($"fifo:{path}", Options, default);
        client.Close(new IpcConnectionException("Enough."));
    }

    [Fact]
    public async Task Whatever_else_is_at_the_path_is_left_alone_and_reported()
    {
        string path = TestDirectory.NewPath(".fifo");
        await File.WriteAllTextAsync(path, "precious");
        IpcEndpointException refused = await Assert.ThrowsAsync<IpcEndpointException>(async () => await Transport.ListenAsync($"fifo:{path}", Options, default));
        Assert.Contains("is not a FIFO", refused.Message, StringComparison.Ordinal);
        IpcConnectionException wrong = await Assert.ThrowsAsync<IpcConnectionException>(async () => await Transport.ConnectAsync($"fifo:{path}", Options, default));
        Assert.Contains("is not a FIFO", wrong.Message, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(path));
        File.Delete(path);

        // A link to a FIFO is not followed, by either side.
        string real = TestDirectory.NewPath(".fifo");
        await using ChannelListener listener = await Transport.ListenAsync($"fifo:{real}", Options, default);
        _ = File.CreateSymbolicLink(path, real);
        _ = await Assert.ThrowsAsync<IpcEndpointException>(async () => await Transport.ListenAsync($"fifo:{path}", Options, default));
        _ = await Assert.ThrowsAsync<IpcConnectionException>(async () => await Transport.ConnectAsync($"fifo:{path}", Options, default));
        File.Delete(path);
    }

    [Fact]
    public async Task A_fifo_read_by_somebody_who_does_not_take_our_lock_is_in_use()
    {
        string path = TestDirectory.NewPath(".fifo");
        PosixHelper.MakeFifo(path);
        using (FifoPath.OpenOwn(path, StreamAccess.Read))
        {
            _ = await Assert.ThrowsAsync<IpcEndpointException>(async () => await Transport.ListenAsync($"fifo:{path}", Options, default));

            // It reads, but does not answer.
            IpcConnectionException silent = await Assert.ThrowsAsync<IpcConnectionException>(async () => await Transport.ConnectAsync($"fifo:{path}", Hurried, default));
            Assert.Equal(IpcDelivery.NotSent, silent.Delivery);
        }

        File.Delete(path);
    }

    [Fact]
    public async Task Other_users_are_refused_with_the_reason()
    {
        TransportOptions open = Options with { SameUserOnly = false };
        IpcEndpointException refused = await Assert.ThrowsAsync<IpcEndpointException>(
            async () => await Transport.ListenAsync($"fifo:{TestDirectory.NewPath(".fifo")}", open, default));
        Assert.Contains("does not tell who writes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pipes_hold_a_largest_frame_where_the_system_allows_it()
    {
        string path = TestDirectory.NewPath(".fifo");
        PosixHelper.MakeFifo(path);
        using SafeDescriptor reading = FifoPath.OpenOwn(path, StreamAccess.Read);
        int before = StreamFile.CapacityOf(reading);
        StreamFile.RaiseCapacity(reading, FifoConversation.Capacity);
        Assert.InRange(StreamFile.CapacityOf(reading), before, Math.Max(before, FifoConversation.Capacity));
        StreamFile.RaiseCapacity(reading, int.MaxValue);
        File.Delete(path);
    }

    [Fact]
    public void A_broken_pipe_is_an_error_and_no_signal()
    {
        FileIO.Prepare();
        Assert.True(BrokenPipe.IsHarmless);
        string path = TestDirectory.NewPath(".fifo");
        PosixHelper.MakeFifo(path);
        SafeDescriptor reading = FifoPath.OpenOwn(path, StreamAccess.Read);
        using SafeDescriptor writing = FifoPath.OpenOwn(path, StreamAccess.Write);
        reading.Dispose();
        Assert.Equal(-Errno.EPIPE, FileIO.Send(writing.Number, new byte[1], new byte[1]));
        File.Delete(path);
    }

    [Fact]
    public void A_message_with_any_bit_changed_is_none()
    {
        byte[] bytes = FifoMessage.Own(FifoStep.Hello, 0x0123_4567_89AB_CDEF).ToBytes();
        Assert.True(FifoMessage.TryRead(bytes, out FifoMessage message));
        Assert.Equal((FifoStep.Hello, 0x0123_4567_89AB_CDEFUL, (uint)Environment.ProcessId), (message.Step, message.Nonce, message.Process.Id));
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(FifoMessage.TryRead(bytes, out _));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static void Close(FrameChannel first, FrameChannel second)
    {
        first.Close(new IpcConnectionException("Enough."));
        second.Close(new IpcConnectionException("Enough."));
    }
}
