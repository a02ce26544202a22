using System.Diagnostics;
using System.Globalization;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>
/// A thousand kills at random moments: 475 of a server and 475 of a client in C, 50 of a .NET server. CONTRACTS_TEST_KILLS multiplies them.
/// </summary>
/// <remarks>
/// Every call of the survivor ends once, with an answer that is right or with the error that says what may have happened, and soon; a connection beside
/// them never notices; and afterwards the process holds nothing that it did not hold before.
/// </remarks>
public sealed class RandomKillTests(ITestOutputHelper output)
{
    private static readonly int Times = int.Parse(Environment.GetEnvironmentVariable("CONTRACTS_TEST_KILLS") ?? "1", CultureInfo.InvariantCulture);

    private readonly List<double> _latencies = [];

    [Fact]
    public async Task A_client_survives_servers_that_are_killed_at_random()
    {
        var random = new Random(Seed());
        await using var bystander = await Bystander.StartAsync();
        await using RingPeer server = await RingPeer.ServeAsync();
        int beforeHandshake = 0;
        for (int i = 0; i < 475 * Times; i++)
        {
            server.Order($"kill {random.Next(4000)}");
            IpcConnection client;
            try
            {
                client = await IpcConnection.ConnectAsync(server.Endpoint, new IpcConnectionOptions { PollingBudget = Patience(i) }).InTime();
            }
            catch (IpcConnectionException lost)
            {
                Assert.Equal(IpcDelivery.NotSent, lost.Delivery);
                Note(Stopwatch.GetTimestamp(), (await server.DeadAsync()).At);
                beforeHandshake++;
                continue;
            }

            await using (client)
            {
                await UntilKilledAsync(client, i, async () => (await server.DeadAsync()).At);
            }
        }

        output.WriteLine($"{beforeHandshake} of them in the handshake.");
        Report();
        await bystander.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_server_survives_clients_that_are_killed_at_random()
    {
        var random = new Random(Seed());
        await using var pair = await Pair.OpenAsync("shm", server => server.AddService<IPeer>(new Peer()));
        await using var bystander = await Bystander.StartAsync();
        await using RingPeer client = await RingPeer.CallAsync(pair.Endpoint);
        for (int i = 0; i < 475 * Times; i++)
        {
            client.Order($"kill {random.Next(4000)}");
            (long died, _) = await client.DeadAsync();

            // One that the server has not accepted yet counts as none: then it is found dead when its turn comes.
            Assert.True(Within.Eventually(() => pair.Server.Connections.Count == 1));
            Note(Stopwatch.GetTimestamp(), died);
        }

        await using IpcConnection late = await pair.ConnectAsync();
        Assert.Equal(1, await late.GetProxy<IPeer>().EchoAsync(1).InTime());
        Report();
        await bystander.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_client_survives_runtimes_that_are_killed_at_random()
    {
        var random = new Random(Seed());
        await using var bystander = await Bystander.StartAsync();
        Task<PeerProcess> next = PeerProcess.ServeAsync("shm");
        for (int i = 0; i < 50 * Times; i++)
        {
            await using PeerProcess server = await next;
            await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint, new IpcConnectionOptions { PollingBudget = Patience(i) }).InTime();
            int spins = random.Next(2_000_000);
            Task<long> killing = Within.OnThread(() =>
            {
                Thread.SpinWait(spins);
                return server.Kill();
            });
            await UntilKilledAsync(client, i, () => killing);
            next = i + 1 < 50 * Times ? PeerProcess.ServeAsync("shm") : next;
        }

        Report();
        await bystander.AssertUnharmedAsync();
    }

    /// <summary>Calls in one of three ways until the peer is gone; a call that never ends is under way beside.</summary>
    private async Task UntilKilledAsync(IpcConnection client, int way, Func<Task<long>> deathAsync)
    {
        IPeer peer = client.GetProxy<IPeer>();
        Task<int> hanging = peer.HangAsync().AsTask();
        Task<int> calling = (way % 3) switch
        {
            0 => CallAsync(peer),
            1 => Within.OnThread(() => CallBlocking(peer)),
            _ => Task.FromResult(0),
        };
        long ended = (await Task.WhenAll(EndOf(hanging), EndOf(calling)).InTime()).Max();
        Note(ended, await deathAsync().InTime());
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => hanging);
        if (await calling > 0)
        {
            // What left after it has been answered.
            Assert.Equal(IpcDelivery.MaybeExecuted, lost.Delivery);
        }

        Assert.Equal(IpcCloseKind.Lost, (await client.Closed.InTime()).Kind);
        IpcConnectionException refused = await Assert.ThrowsAsync<IpcConnectionException>(() => peer.EchoAsync(1).InTime());
        Assert.Equal(IpcDelivery.NotSent, refused.Delivery);
    }

    /// <returns>How many were answered.</returns>
    private static async Task<int> CallAsync(IPeer peer)
    {
        int i = 0;
        try
        {
            for (; ; i++)
            {
                Assert.Equal(i, await peer.EchoAsync(i));
            }
        }
        catch (IpcConnectionException)
        {
            return i;
        }
    }

    private static int CallBlocking(IPeer peer)
    {
        int i = 0;
        try
        {
            peer.Release();
            for (; ; i++)
            {
                Assert.Equal(i, peer.Block(i));
            }
        }
        catch (IpcConnectionException)
        {
            return i;
        }
    }

    private static TimeSpan Patience(int i) => (i % 4) switch
    {
        0 => TimeSpan.Zero,
        1 => TimeSpan.FromMilliseconds(20),
        _ => new IpcConnectionOptions().PollingBudget,
    };

    private static Task<long> EndOf(Task call) => call.ContinueWith(
        static _ => Stopwatch.GetTimestamp(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private int Seed()
    {
        int seed = Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"CONTRACTS_TEST_SEED={seed}");
        return seed;
    }

    private void Note(long ended, long died) => _latencies.Add(Stopwatch.GetElapsedTime(died, Math.Max(died, ended)).TotalMilliseconds);

    /// <summary>
    /// Nobody hears of a death late. One in a hundred may, up to a second: on a machine that is busy elsewhere a thread waits so long for a processor.
    /// </summary>
    private void Report()
    {
        double[] sorted = [.. _latencies.Order()];
        double most = sorted[(int)(0.99 * (sorted.Length - 1))];
        output.WriteLine($"{sorted.Length} kills: everything ended {sorted[sorted.Length / 2]:0.00} ms after the death at the median, {most:0.0} ms at the 99th percentile, {sorted[^1]:0.0} ms at most.");
        Assert.InRange(most, 0, 100);
        Assert.InRange(sorted[^1], 0, 1000);
    }
}
