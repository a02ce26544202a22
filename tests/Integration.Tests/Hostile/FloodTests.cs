using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Protocol;

namespace Contracts.Ipc.Integration.Tests.Hostile;

public sealed class FloodTests
{
    private static readonly ulong Run = Siege.Method("RunAsync");
    private static readonly ulong Send = Siege.Method("Send");
    private static readonly ulong RunBytes = Siege.Method("RunBytesAsync");

    [Fact]
    public async Task A_peer_that_never_reads_its_answers_is_bounded_and_then_closed()
    {
        await using Siege siege = await Siege.OpenAsync(configure: static options => options.Limits = new IpcLimits { MaximumQueuedBytes = 1 << 20, MaximumFragmentBytes = 16 << 20 });
        using RawPeer peer = siege.Attack().Greet();
        Task<IpcCloseReason> closed = siege.Accepted().Closed;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        byte[] call = RawPeer.Frame(FrameKind.Call, FrameFlags.None, 0, RunBytes, [0x91, 0xC5, 0xC0, 0x00, .. new byte[0xC000]]);
        uint id = 0;
        while (!closed.IsCompleted)
        {
            BitConverter.TryWriteBytes(call.AsSpan(8), id++ & 0x7FFF);
            if (!peer.TrySend(call))
            {
                break;
            }

            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
        }

        IpcCloseReason reason = await closed.InTime();
        Assert.Equal(IpcCloseKind.Violation, reason.Kind);
        Assert.IsAssignableFrom<IpcException>(reason.Exception);
        Assert.InRange(most, 0, 120 << 20);
        await siege.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("unknown method")]
    [InlineData("goaway")]
    public async Task A_flood_of_small_frames_without_reading_is_bounded(string what)
    {
        await using Siege siege = await Siege.OpenAsync(configure: static options => options.Limits = new IpcLimits { MaximumQueuedBytes = 64 << 10 });
        using RawPeer peer = siege.Attack().Greet();
        IpcConnection accepted = siege.Accepted();
        byte[] frame = what switch
        {
            "ping" => RawPeer.Frame(FrameKind.Ping, 0, 0, 1),
            "goaway" => RawPeer.Frame(FrameKind.GoAway, 0, 0, 0),
            _ => RawPeer.Call(1, 1, 1),
        };
        byte[] many = [.. Enumerable.Repeat(frame, 1000).SelectMany(static bytes => bytes)];
        long most = 0;
        for (int i = 0; i < 300 && peer.TrySend(many); i++)
        {
            most = Math.Max(most, accepted.Session.Outbox.QueuedBytes);
        }

        Assert.InRange(most, 0, 4 << 20);
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_flood_of_one_way_calls_does_not_block_the_calls_of_others()
    {
        int seen = 0;
        await using Siege siege = await Siege.OpenAsync(new Probe { OnSend = _ => Interlocked.Increment(ref seen) });
        using RawPeer peer = siege.Attack().Greet();
        byte[] many = [.. Enumerable.Repeat(RawPeer.Call(0xFFFF, Send, 1, FrameFlags.OneWay), 1000).SelectMany(static bytes => bytes)];
        for (int i = 0; i < 200; i++)
        {
            peer.Send(many);
        }

        await siege.AssertUnharmedAsync();
        Assert.True(Within.Eventually(() => Volatile.Read(ref seen) > 1000));
    }

    [Fact]
    public async Task Calls_beyond_the_limit_are_refused_one_by_one()
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Siege siege = await Siege.OpenAsync(
            new Probe { OnRun = (value, _) => value == -1 ? new(gate.Task) : new(value) },
            static options => options.Limits = new IpcLimits { MaximumCallsPerConnection = 100 });
        using RawPeer peer = siege.Attack().Greet();
        for (uint i = 0; i < 150; i++)
        {
            peer.Send(RawPeer.Call(i, Run, -1));
        }

        for (int i = 0; i < 50; i++)
        {
            (FrameHeader header, byte[] payload) = peer.Receive()!.Value;
            Assert.Equal(FrameKind.Fault, header.Kind);
            Assert.InRange(header.CallId, 100u, 149u);
            IpcResourceExhaustedException refused = Assert.IsType<IpcResourceExhaustedException>(FaultMessage.Read(payload, []));
            Assert.Contains(nameof(IpcLimits.MaximumCallsPerConnection), refused.Message, StringComparison.Ordinal);
        }

        gate.SetResult(3);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(FrameKind.Result, peer.Receive()!.Value.Header.Kind);
        }

        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_storm_of_cancels_hits_only_the_calls_that_are_meant()
    {
        await using Siege siege = await Siege.OpenAsync(new Probe
        {
            OnRun = async (value, token) =>
            {
                if (value == -1)
                {
                    await Task.Delay(Timeout.Infinite, token);
                }

                return value;
            },
        });
        using RawPeer peer = siege.Attack().Greet();
        for (uint round = 0; round < 50; round++)
        {
            for (uint i = 0; i < 20; i++)
            {
                peer.Send(RawPeer.Call(i | (round << 16), Run, -1, FrameFlags.Cancellable));
            }

            for (uint i = 0; i < 100; i++)
            {
                peer.Send(RawPeer.Frame(FrameKind.Cancel, 0, (i % 25) | (round << 16), 0));
            }
        }

        peer.Send(RawPeer.Call(99, Run, 7));
        while (peer.Receive()!.Value.Header is { CallId: not 99 })
        {
        }

        Assert.True(Within.Eventually(() => siege.Accepted().Session.Incoming.Count == 0));
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Beginnings_of_messages_without_end_are_bounded()
    {
        await using Siege siege = await Siege.OpenAsync(configure: static options => options.Limits = new IpcLimits { MaximumCallsPerConnection = 200 });
        using RawPeer peer = siege.Attack().Greet();
        for (uint i = 0; i < 1000; i++)
        {
            if (!peer.TrySend(RawPeer.Frame(FrameKind.Call, FrameFlags.Fragmented, i, RunBytes, 100, 0, 0, 0, 1)))
            {
                break;
            }
        }

        Assert.Contains("unfinished messages", peer.LastWords(), StringComparison.Ordinal);
        await siege.AssertUnharmedAsync();
    }
}
