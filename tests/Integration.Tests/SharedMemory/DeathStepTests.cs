using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>kill -9 of either side at each step of the protocol: a peer stops itself exactly there, and is killed.</summary>
public sealed class DeathStepTests(ITestOutputHelper output)
{
    /// <summary>Up to the commit word nobody has seen anything of the answer; from then on it counts, whatever its sender did not get to do.</summary>
    [Theory]
    [InlineData(PeerStep.BeforeLock, false)]
    [InlineData(PeerStep.Locked, false)]
    [InlineData(PeerStep.HalfCopied, false)]
    [InlineData(PeerStep.Copied, false)]
    [InlineData(PeerStep.Sealed, false)]
    [InlineData(PeerStep.Committed, true)]
    [InlineData(PeerStep.Advanced, true)]
    [InlineData(PeerStep.Unlocked, true)]
    [InlineData(PeerStep.Woken, true)]
    public async Task A_server_killed_while_it_writes_an_answer_has_given_it_or_not(PeerStep step, bool isAnswered)
    {
        foreach (Survivor survivor in Enum.GetValues<Survivor>())
        {
            await using RingPeer server = await RingPeer.ServeAsync();

            // Welcome is its first write, the first answer its second one.
            server.Order($"stop {(int)step} 3");
            await using IpcConnection client = await ConnectAsync(server.Endpoint, survivor);
            IPeer peer = client.GetProxy<IPeer>();
            Assert.Equal(1, await peer.EchoAsync(1).InTime());
            Task<int> hanging = peer.HangAsync().AsTask();
            Task<int> call = survivor == Survivor.BlocksInTheCall
                ? Within.OnThread(() => peer.Block(2))
                : peer.EchoAsync(2).AsTask();
            _ = await server.StoppedAsync();
            Task<long> ended = EndOf(hanging, call);
            server.Order("kill");
            await AssertEndedAsync($"{step}, {survivor}", server, ended);
            Assert.Equal(IpcDelivery.MaybeExecuted, (await Assert.ThrowsAsync<IpcConnectionException>(() => hanging)).Delivery);
            if (isAnswered)
            {
                Assert.Equal(2, await call);
            }
            else
            {
                Assert.Equal(IpcDelivery.MaybeExecuted, (await Assert.ThrowsAsync<IpcConnectionException>(() => call)).Delivery);
            }

            Assert.Equal(IpcCloseKind.Lost, (await client.Closed.InTime()).Kind);
            Assert.Equal(IpcDelivery.NotSent, (await Assert.ThrowsAsync<IpcConnectionException>(() => peer.EchoAsync(3).InTime())).Delivery);
        }
    }

    [Theory]
    [InlineData(PeerStep.Parked)]
    [InlineData(PeerStep.Spinning)]
    public async Task A_server_killed_while_it_waits_for_calls_ends_those_under_way(PeerStep step)
    {
        foreach (Survivor survivor in Enum.GetValues<Survivor>())
        {
            await using RingPeer server = await RingPeer.ServeAsync();
            server.Order($"stop {(int)step} 2");
            await using IpcConnection client = await ConnectAsync(server.Endpoint, survivor);
            IPeer peer = client.GetProxy<IPeer>();
            Assert.Equal(1, await peer.EchoAsync(1).InTime());
            _ = await server.StoppedAsync();
            Task<int> call = survivor == Survivor.BlocksInTheCall ? Within.OnThread(() => peer.Block(2)) : peer.EchoAsync(2).AsTask();
            Task<int> hanging = peer.HangAsync().AsTask();
            Task<long> ended = EndOf(hanging, call);
            server.Order("kill");
            await AssertEndedAsync($"{step}, {survivor}", server, ended);
            Assert.Equal(IpcDelivery.MaybeExecuted, (await Assert.ThrowsAsync<IpcConnectionException>(() => hanging)).Delivery);
            _ = await Assert.ThrowsAsync<IpcConnectionException>(() => call);
        }
    }

    [Theory]
    [InlineData(PeerStep.Connected, 0)]
    [InlineData(PeerStep.Heard, 0)]
    [InlineData(PeerStep.AnsweredHalf, 0)]
    [InlineData(PeerStep.Answered, 0)]
    [InlineData(PeerStep.Locked, 1)]
    [InlineData(PeerStep.HalfCopied, 1)]
    [InlineData(PeerStep.Sealed, 1)]
    public async Task A_server_killed_in_the_handshake_fails_the_connect(PeerStep step, int write)
    {
        await using RingPeer server = await RingPeer.ServeAsync();
        server.Order($"stop {(int)step} {write}");
        Task<IpcConnection> connecting = IpcConnection.ConnectAsync(server.Endpoint).AsTask();
        _ = await server.StoppedAsync();
        Task<long> ended = EndOf(connecting);
        server.Order("kill");
        await AssertEndedAsync(step.ToString(), server, ended);
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => connecting);
        Assert.Equal(IpcDelivery.NotSent, lost.Delivery);
    }

    [Theory]
    [InlineData(PeerStep.Connected, 0)]
    [InlineData(PeerStep.AnsweredHalf, 0)]
    [InlineData(PeerStep.Heard, 0)]
    [InlineData(PeerStep.Answered, 0)]
    [InlineData(PeerStep.BeforeLock, 1)]
    [InlineData(PeerStep.HalfCopied, 1)]
    [InlineData(PeerStep.Committed, 1)]
    [InlineData(PeerStep.Woken, 1)]
    [InlineData(PeerStep.Greeted, 1)]
    [InlineData(PeerStep.HalfCopied, 2)]
    [InlineData(PeerStep.Sealed, 2)]
    [InlineData(PeerStep.Committed, 3)]
    [InlineData(PeerStep.Locked, 20)]
    [InlineData(PeerStep.Advanced, 20)]
    public async Task A_client_killed_anywhere_is_forgotten_and_others_are_served(PeerStep step, int write)
    {
        await using var pair = await Pair.OpenAsync("shm", server => server.AddService<IPeer>(new Peer()));
        IPeer bystander = pair.Client.GetProxy<IPeer>();
        await using RingPeer client = await RingPeer.CallAsync(pair.Endpoint);
        client.Order($"stop {(int)step} {write}");
        _ = await client.StoppedAsync();
        Assert.Equal(5, await bystander.EchoAsync(5).InTime());
        client.Order("kill");
        (long died, _) = await client.DeadAsync();
        Assert.True(Within.Eventually(() => pair.Server.Connections.Count == 1));
        output.WriteLine($"Forgotten {Stopwatch.GetElapsedTime(died).TotalMilliseconds:0.0} ms after the process.");
        Assert.Equal(6, await bystander.EchoAsync(6).InTime());
        if (write >= 3)
        {
            // The server has forgotten the connection; its handler hears of that at any moment now.
            while (await bystander.CancelledAsync().InTime() == 0)
            {
                Assert.True(Stopwatch.GetElapsedTime(died) < Within.Patience, "The handler of the dead client's call was not cancelled.");
            }

            Assert.Equal(1, await bystander.CancelledAsync().InTime());
        }
    }

    private static Task<IpcConnection> ConnectAsync(IpcEndpoint endpoint, Survivor survivor) => IpcConnection.ConnectAsync(endpoint, new IpcConnectionOptions
    {
        PollingBudget = survivor switch
        {
            Survivor.Sleeps => TimeSpan.Zero,
            Survivor.Polls => TimeSpan.FromMilliseconds(500),
            _ => new IpcConnectionOptions().PollingBudget,
        },
    }).InTime();

    /// <summary>When the last of the calls has ended.</summary>
    private static async Task<long> EndOf(params Task[] calls)
        => (await Task.WhenAll(calls.Select(static call => call.ContinueWith(
            static _ => Stopwatch.GetTimestamp(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)))).Max();

    private async Task AssertEndedAsync(string what, RingPeer server, Task<long> ended)
    {
        (long died, _) = await server.DeadAsync();
        double after = Stopwatch.GetElapsedTime(died, Math.Max(died, await ended.InTime())).TotalMilliseconds;
        output.WriteLine($"{what}: the last call ended {after:0.0} ms after the process.");
        Assert.InRange(after, 0, 100);
    }

    private enum Survivor
    {
        Sleeps,
        Polls,
        BlocksInTheCall,
    }
}
