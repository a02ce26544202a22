using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Device;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>What only lines can get wrong: what was on them before, who is at the other end, and in what state they are left.</summary>
public sealed class DeviceTests
{
    private static readonly DeviceTransport Transport = new();
    private static readonly TransportOptions Options = new();

    [Fact]
    public async Task Bytes_that_were_on_the_line_before_do_no_harm()
    {
        using PtyLine line = new(TestDirectory.NewPath(""), TimeSpan.FromSeconds(2));
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        byte[] noise = new byte[2000];
        random.NextBytes(noise);
        await using ChannelListener listener = await Transport.ListenAsync($"device:{line.A}", Options, default);
        using (DeviceLine other = DeviceLine.Open(DeviceAddress.Parse(line.B)))
        {
            // Noise, the beginnings of connections that never came to be, and a frame of one that is over.
            byte[][] stale =
            [
                noise, new LineMessage(LineMark.Open, 1, 1).ToBytes(), new LineMessage(LineMark.Begin, 1, 2).ToBytes()[..20],
                Frames.Prefixed(100), new LineMessage(LineMark.Open, 1, 3).ToBytes(),
            ];
            foreach (byte[] bytes in stale)
            {
                Assert.Equal(bytes.Length, FileIO.Send(other.Device.Number, bytes, default));
            }
        }

        for (int i = 0; i < 3; i++)
        {
            FrameChannel client = await Transport.ConnectAsync($"device:{line.B}", Options, default).AsTask().WaitAsync(ChannelPair.Patience);
            FrameChannel? server = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
            RecordingSink sink = new();
            _ = client.TrySend(Frames.Prefixed(100, i), default);
            ChannelPair.ReceiveFrames(server!, sink, 1);
            Assert.Equal(Frames.Prefixed(100, i)[4..], Assert.Single(sink.Frames));

            // The end is a mark on the line, and the server takes the next client.
            client.Close(new IpcConnectionException("Enough."));
            Assert.IsType<IpcConnectionException>(ChannelPair.ReceiveToEnd(server!, sink));
        }
    }

    [Fact]
    public async Task A_client_that_begins_anew_ends_what_the_server_holds_for_the_connection()
    {
        using PtyLine line = new(TestDirectory.NewPath(""), TimeSpan.FromSeconds(2));
        await using ChannelListener listener = await Transport.ListenAsync($"device:{line.A}", Options, default);
        FrameChannel lost = await Transport.ConnectAsync($"device:{line.B}", Options, default).AsTask().WaitAsync(ChannelPair.Patience);
        FrameChannel? old = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);

        // As after a restart of the client's machine: no end was said, and the line did not hang up.
        Assert.Equal(32, lost.TrySend(new LineMessage(LineMark.Open, LineMessage.CurrentVersion, 7).ToBytes(), default));

        Exception reason = ChannelPair.ReceiveToEnd(old!, new RecordingSink());
        Assert.Contains("has begun a new connection", reason.Message, StringComparison.Ordinal);
        lost.Close(new IpcConnectionException("Enough."));
        FrameChannel client = await Transport.ConnectAsync($"device:{line.B}", Options, default).AsTask().WaitAsync(ChannelPair.Patience);
        FrameChannel? server = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
        client.Close(new IpcConnectionException("Enough."));
        server!.Close(new IpcConnectionException("Enough."));
    }

    [Fact]
    public async Task A_line_that_hangs_up_is_a_lost_connection()
    {
        using PtyLine line = new(TestDirectory.NewPath(""), TimeSpan.Zero);
        await using ChannelListener listener = await Transport.ListenAsync($"device:{line.A}", Options, default);
        FrameChannel client = await Transport.ConnectAsync($"device:{line.B}", Options, default).AsTask().WaitAsync(ChannelPair.Patience);
        FrameChannel? server = await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
        server!.Close(new IpcConnectionException("Enough."));
        _ = Assert.IsType<IpcConnectionException>(ChannelPair.ReceiveToEnd(client, new RecordingSink()));
    }

    [Fact]
    public void A_device_is_used_alone_raw_and_left_as_it_was()
    {
        using PtyLine line = new(TestDirectory.NewPath(""), TimeSpan.FromSeconds(2));
        using SafeDescriptor observer = StreamFile.TryOpen(line.A, StreamAccess.ReadWrite, followLink: true, out _)!;
        TerminalSettings before = Terminal.Settings(observer)!.Value;
        using (DeviceLine.Open(DeviceAddress.Parse($"{line.A}?baud=57600")))
        {
            Assert.Equal(57600, Terminal.Settings(observer)!.Value.Rate);
            Assert.NotEqual(before, Terminal.Settings(observer)!.Value);
            Assert.True(Assert.Throws<DeviceException>(() => DeviceLine.Open(DeviceAddress.Parse(line.A))).IsBusy);
        }

        Assert.Equal(before, Terminal.Settings(observer)!.Value);
        DeviceLine.Open(DeviceAddress.Parse(line.A)).Dispose();
    }

    [Fact]
    public void To_open_a_device_anew_takes_nothing_from_who_still_reads_what_was_written()
    {
        using PtyLine line = new(TestDirectory.NewPath(""), TimeSpan.FromSeconds(2));
        using SafeDescriptor observer = StreamFile.TryOpen(line.A, StreamAccess.ReadWrite, followLink: true, out _)!; // So that the line is not hung up between.
        using DeviceLine other = DeviceLine.Open(DeviceAddress.Parse(line.B));
        int written = 0;
        using (DeviceLine first = DeviceLine.Open(DeviceAddress.Parse(line.A)))
        {
            // More than the other end takes while it does not read: the rest lies in the device.
            for (int full = 0; full < 100;)
            {
                int count = FileIO.Send(first.Device.Number, new byte[1000], default);
                written += Math.Max(0, count);
                full = count > 0 ? 0 : full + 1;
            }
        }

        using DeviceLine second = DeviceLine.Open(DeviceAddress.Parse(line.A));
        int read = 0;
        byte[] room = new byte[1000];
        Assert.True(SpinWait.SpinUntil(() => (read += Math.Max(0, FileIO.Receive(other.Device.Number, room))) == written, ChannelPair.Patience), $"{read} bytes of {written} came.");
    }

    [Fact]
    public async Task Without_a_server_at_the_other_end_connecting_gives_up_in_time()
    {
        using PtyLine line = new(TestDirectory.NewPath(""), TimeSpan.FromSeconds(2));
        IpcConnectionException nobody = await Assert.ThrowsAsync<IpcConnectionException>(
            async () => await Transport.ConnectAsync($"device:{line.B}", Options with { HandshakeTimeout = TimeSpan.FromMilliseconds(250) }, default));
        Assert.Equal(IpcDelivery.NotSent, nobody.Delivery);
        Assert.Contains("nobody answered", nobody.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_device_is_refused()
    {
        string path = TestDirectory.NewPath("");
        await File.WriteAllTextAsync(path, "");
        IpcEndpointException refused = await Assert.ThrowsAsync<IpcEndpointException>(async () => await Transport.ListenAsync($"device:{path}", Options, default));
        Assert.Contains("is not a character device", refused.Message, StringComparison.Ordinal);
        File.Delete(path);
        _ = await Assert.ThrowsAsync<IpcConnectionException>(async () => await Transport.ConnectAsync($"device:{path}", Options, default));
    }

    [Theory]
    [InlineData("/dev/ttyS0", null, false, false)]
    [InlineData("/dev/ttyS0?baud=115200", 115200, false, false)]
    [InlineData("/dev/ttyS0?baud=250000&flow=hardware&carrier=watch", 250000, true, true)]
    public void Settings_of_a_line_are_part_of_its_address(string address, int? baud, bool flow, bool carrier)
        => Assert.Equal(new DeviceAddress("/dev/ttyS0", baud, flow, carrier), DeviceAddress.Parse(address));

    [Theory]
    [InlineData("ttyS0", "absolute path")]
    [InlineData("/dev/ttyS0?speed=9600", "'speed=9600' is no setting")]
    [InlineData("/dev/ttyS0?baud=0", "'baud=0' is no setting")]
    public void An_address_that_is_none_says_why(string address, string why)
        => Assert.Contains(why, Assert.Throws<IpcEndpointException>(() => IpcEndpoint.Device(address)).Message, StringComparison.Ordinal);
}
