using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Integration.Tests.Hostile;
using Contracts.Ipc.Protocol;

namespace Contracts.Ipc.Integration.Tests.Behaviour;

public sealed class LargeMessageTests
{
    [Theory, EveryTransport]
    public async Task Messages_of_every_size_around_the_frame_boundary_arrive_whole(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        IProbe proxy = pair.Probe;
        const int Frame = 64 * 1024;
        foreach (int length in (int[])[0, 1, Frame - 40, Frame - 32, Frame - 31, Frame - 30, Frame - 29, Frame - 28, Frame - 27, Frame - 26,
            Frame - 25, Frame - 24, Frame - 23, Frame - 22, Frame - 21, Frame - 20, Frame - 16, Frame - 1, Frame, Frame + 1, 2 * Frame, 1 << 20])
        {
            byte[] sent = Pattern(length);
            Assert.Equal(sent, await proxy.RunBytesAsync(sent).InTime());
        }
    }

    [Theory, EveryTransport]
    public async Task Several_large_messages_travel_both_ways_at_once(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        IProbe proxy = pair.Probe;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            byte[] sent = Pattern((1 << 20) + i);
            Assert.Equal(sent, await proxy.RunBytesAsync(sent));
        })).InTime();
    }

    [Theory, EveryTransport]
    public async Task A_message_larger_than_what_may_be_queued_is_sent_when_nothing_else_waits(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnBytes = (bytes, _) => new(new byte[bytes.Length % 10]) });
        IProbe proxy = pair.Probe;
        byte[][] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => proxy.RunBytesAsync(new byte[(6 << 20) + i]).AsTask())).InTime();
        Assert.Equal(4, answers.Length);
    }

    [Theory, EveryTransport]
    public async Task Small_calls_and_replies_of_16_MiB_share_a_connection(string transport)
    {
        byte[] reply = new byte[(16 << 20) - 64];
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnBytes = (_, _) => new(reply) });
        IProbe proxy = pair.Probe;
        Task<byte[][]> large = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => proxy.RunBytesAsync([]).AsTask()));
        for (int small = 0; small < 10; small++)
        {
            Assert.Equal(small, await proxy.RunAsync(small).InTime());
        }

        Assert.All(await large.InTime(), bytes => Assert.Equal(reply.Length, bytes.Length));
    }

    [Fact]
    public async Task A_small_answer_overtakes_large_ones_that_are_still_travelling()
    {
        byte[] reply = new byte[(16 << 20) - 64];
        int large = 0;
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync("unix", new Probe
        {
            OnBytes = (_, _) =>
            {
                _ = Interlocked.Increment(ref large);
                return new(reply);
            },
            OnRun = (value, _) =>
            {
                ran.SetResult();
                return new(value);
            },
        });
        using RawPeer peer = RawPeer.Connect(pair.Endpoint).Greet();
        for (uint id = 1; id <= 4; id++)
        {
            peer.Send(RawPeer.Frame(FrameKind.Call, FrameFlags.None, id, Siege.Method("RunBytesAsync"), 0x91, 0xC4, 0x00));
        }

        Assert.True(Within.Eventually(() => Volatile.Read(ref large) == 4));

        // Nothing is read before the small call has run: until then the socket holds a fraction of the 64 MiB, and the rest waits in the server.
        peer.Send(RawPeer.Call(5, Siege.Method("RunAsync"), 7));
        await ran.Task.InTime();

        long before = 0;
        while (peer.Receive() is var (header, payload) && header.CallId != 5)
        {
            before += payload.Length;
        }

        Assert.InRange(before, 0, 4 << 20);
    }

    [Theory, EveryTransport]
    public async Task Arguments_over_the_limit_are_refused_before_they_are_sent(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        IpcResourceExhaustedException refused = await Assert.ThrowsAsync<IpcResourceExhaustedException>(
            () => pair.Probe.RunBytesAsync(new byte[(16 << 20) + 1]).InTime());
        Assert.Contains(nameof(IpcLimits.MaximumMessageLength), refused.Message, StringComparison.Ordinal);
        Assert.Contains("tests.probe/RunBytesAsync", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await pair.Probe.RunAsync(1).InTime());
    }

    [Theory, EveryTransport]
    public async Task Arguments_over_the_peers_limit_are_refused_before_they_are_sent(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(
            transport, new Probe(), new IpcServerOptions { Limits = new IpcLimits { MaximumMessageLength = 100_000 } });
        Assert.Equal(90_000, (await pair.Probe.RunBytesAsync(new byte[90_000]).InTime()).Length);
        IpcResourceExhaustedException refused = await Assert.ThrowsAsync<IpcResourceExhaustedException>(
            () => pair.Probe.RunBytesAsync(new byte[100_000]).InTime());
        Assert.Contains("100000", refused.Message, StringComparison.Ordinal);
    }

    [Theory, EveryTransport]
    public async Task A_result_over_the_limit_fails_that_call_alone(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(
            transport,
            new Probe { OnBytes = (_, _) => new(new byte[200_000]) },
            clientOptions: new IpcConnectionOptions { Limits = new IpcLimits { MaximumMessageLength = 100_000 } });
        IpcResourceExhaustedException refused = await Assert.ThrowsAsync<IpcResourceExhaustedException>(
            () => pair.Probe.RunBytesAsync([]).InTime());
        Assert.Contains("result", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await pair.Probe.RunAsync(1).InTime());
    }

    [Theory, EveryTransport]
    public async Task A_large_one_way_call_arrives(string transport)
    {
        var seen = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnSend = seen.SetResult });
        await pair.Probe.SendBytesAsync(new byte[1 << 20]).InTime();
        Assert.Equal(1 << 20, await seen.Task.InTime());
    }

    private static byte[] Pattern(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
