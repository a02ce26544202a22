using System.Diagnostics;
using System.Globalization;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.SharedMemory;
using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>
/// A peer that rewrites everything in the segment but the mutexes, while a process calls it or serves it. That process goes on: its exit code says so, and
/// pages without rights on both sides of the memory would have ended it for an access beside.
/// </summary>
/// <remarks>For CONTRACTS_TEST_SIEGE_SECONDS altogether; 6 without it.</remarks>
public sealed class CorruptionTests(ITestOutputHelper output)
{
    private static readonly double Seconds =
        double.Parse(Environment.GetEnvironmentVariable("CONTRACTS_TEST_SIEGE_SECONDS") ?? "6", CultureInfo.InvariantCulture) / 2;

    [Fact]
    public async Task A_client_of_a_server_that_corrupts_the_ring_gets_errors_and_lives()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}.");
        await using var bystander = await Bystander.StartAsync();
        await using RingPeer server = await RingPeer.ServeAsync();
        await using PeerProcess victim = await PeerProcess.WithstandAsync(server.Endpoint, Seconds);
        Task<string?> report = victim.ReadLineAsync(TimeSpan.FromSeconds(Seconds + 30));
        int connections = 0;
        while (!report.IsCompleted)
        {
            server.Order(Corruption(seed + connections));
            Task dead = server.DeadAsync();
            _ = await Task.WhenAny(dead, report);
            connections++;
        }

        output.WriteLine(await report ?? "It said nothing.");
        Assert.Equal(0, await victim.ExitAsync());
        Dictionary<string, string> counts = (await report)!.Split(' ').Select(static word => word.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1]);
        Assert.True(int.Parse(counts["Violation:IpcProtocolException"], CultureInfo.InvariantCulture) > 10);
        Assert.InRange(int.Parse(counts["guarded"], CultureInfo.InvariantCulture), int.Parse(counts["connections"], CultureInfo.InvariantCulture) * 9 / 10, int.MaxValue);
        await bystander.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_server_whose_client_corrupts_the_ring_goes_on_serving_the_others()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}.");
        await using PeerProcess server = await PeerProcess.ServeGuardedAsync();
        await using IpcConnection other = await IpcConnection.ConnectAsync(server.Endpoint, new IpcConnectionOptions { RingCapacity = RingLayout.MinimumCapacity }).InTime();
        IPeer peer = other.GetProxy<IPeer>();
        Assert.Equal(1, await peer.EchoAsync(1).InTime());
        int descriptors = server.Descriptors();
        await using RingPeer attacker = await RingPeer.CallAsync(server.Endpoint);
        int attacks = 0;
        double slowest = 0;
        long start = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds; attacks++)
        {
            attacker.Order(Corruption(seed + attacks));
            int child = await attacker.ChildAsync();
            Task<(long, int)> dead = attacker.DeadAsync();
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));

            // Some attacks leave both sides waiting for the other one: then the attacker would sit there for ever.
            long began = Stopwatch.GetTimestamp();
            while (!dead.IsCompleted && Stopwatch.GetElapsedTime(began).TotalMilliseconds < 100)
            {
                long call = Stopwatch.GetTimestamp();
                Assert.Equal(attacks, await peer.EchoAsync(attacks).InTime());
                slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(call).TotalMilliseconds);
                _ = await pace.WaitForNextTickAsync();
            }

            RingPeer.KillChild(child);
            _ = await dead.InTime();
        }

        output.WriteLine($"{attacks} attacks; the slowest of the other client's calls took {slowest:0.0} ms.");
        Assert.True(Within.Eventually(() => server.Descriptors() <= descriptors), $"{server.Descriptors()} descriptors instead of {descriptors}.");
        await other.DisposeAsync();
        server.SendTerminate();
        Assert.Equal("mapped=0", await server.ReadLineAsync());
        Assert.Equal("drained", await server.ReadLineAsync());
        Assert.Equal(0, await server.ExitAsync());
    }

    /// <summary>Offsets in the segment: the tails and heads of both rings.</summary>
    public static TheoryData<string, int> Cursors => new()
    {
        { "tail to the server", RingLayout.FirstControl + RingLayout.TailOffset },
        { "head to the server", RingLayout.FirstControl + RingLayout.HeadOffset },
        { "tail to the client", RingLayout.SecondControl + RingLayout.TailOffset },
        { "head to the client", RingLayout.SecondControl + RingLayout.HeadOffset },
    };

    [Theory, MemberData(nameof(Cursors))]
    public async Task A_cursor_set_to_any_corner_ends_the_connection_with_an_error_or_does_not_matter(string name, int offset)
    {
        const ulong Start = RingLayout.MinimumCapacity;
        ulong[] corners = [0, 1, 8, Start - 64, Start - 1, Start + 1, Start + 64, 2 * Start, (2 * Start) - 1, (2 * Start) + 64, 3 * Start, long.MaxValue, 1UL << 63, ulong.MaxValue - 63, ulong.MaxValue];
        await using RingPeer server = await RingPeer.ServeAsync();
        foreach (ulong corner in corners)
        {
            server.Order(string.Create(CultureInfo.InvariantCulture, $"set {offset} {corner}"));
            var log = new RecordedLog();
            await using (IpcConnection client = await IpcConnection.ConnectAsync(
                server.Endpoint, new IpcConnectionOptions { LoggerFactory = log, HandshakeTimeout = TimeSpan.FromMilliseconds(100) }).InTime())
            {
                IPeer peer = IpcCallOptions.With(client.GetProxy<IPeer>(), new IpcCallOptions { Timeout = TimeSpan.FromMilliseconds(100) });
                string outcome = "went on";
                try
                {
                    for (int i = 0; i < 2000; i++)
                    {
                        Assert.Equal(i, await peer.EchoAsync(i));
                    }
                }
                catch (TimeoutException)
                {
                    outcome = "deadline";
                }
                catch (IpcConnectionException)
                {
                    IpcCloseReason reason = await client.Closed.InTime();

                    // The peer may have found its own ring in disorder and gone.
                    if (reason.Kind == IpcCloseKind.Violation)
                    {
                        _ = Assert.IsType<IpcProtocolException>(reason.Exception);
                        LogLine line = Assert.Single(log.Lines, static line => line.Level >= LogLevel.Warning);
                        Assert.Contains($"process {server.Id} of user {Files.EffectiveUserId}", line.Text, StringComparison.Ordinal);
                        Assert.Contains(reason.Message, line.Text, StringComparison.Ordinal);
                    }

                    outcome = $"{reason.Kind}: {reason.Message}";
                }

                output.WriteLine($"{name} = {corner:X}: {outcome}");
                Assert.DoesNotContain(log.Lines, static line => line.Id == 299);
            }

            RingPeer.KillChild(await server.ChildAsync());
            _ = await server.DeadAsync();
        }
    }

    /// <summary>A tail inside a record's first word, in the hands of a thread that dies with the mutex: whoever recovers must not read at such a place.</summary>
    [Theory]
    [InlineData(RingLayout.MinimumCapacity - 1)]
    [InlineData(RingLayout.MinimumCapacity - 7)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(2 * RingLayout.MinimumCapacity)]
    public async Task A_ring_left_in_disorder_by_a_dead_holder_ends_the_connection_with_an_error(int distance)
    {
        await using RingPeer server = await RingPeer.ServeAsync();
        server.Order(string.Create(CultureInfo.InvariantCulture, $"steal {distance}"));
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint, new IpcConnectionOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(100) }).InTime();
        IPeer peer = IpcCallOptions.With(client.GetProxy<IPeer>(), new IpcCallOptions { Timeout = TimeSpan.FromMilliseconds(500) });
        Assert.Equal(1, await peer.EchoAsync(1).InTime());
        if (distance == 64)
        {
            // A place where a record could begin: the next call goes there, and the server does not look there.
            _ = await Assert.ThrowsAsync<TimeoutException>(async () =>
            {
                while (true)
                {
                    _ = await peer.EchoAsync(2).InTime();
                }
            });
            Assert.True(client.IsOpen);
            return;
        }

        _ = await Assert.ThrowsAsync<IpcConnectionException>(async () =>
        {
            while (true)
            {
                _ = await peer.EchoAsync(2).InTime();
            }
        });
        IpcCloseReason reason = await client.Closed.InTime();
        Assert.Equal(IpcCloseKind.Violation, reason.Kind);
        output.WriteLine(reason.Message);
    }

    /// <summary>The peer keeps the mutex that this side sends under. One connection waits for a second and ends; the others do not wait.</summary>
    [Fact]
    public async Task A_peer_that_keeps_the_mutex_of_the_other_side_costs_its_own_connection_only()
    {
        await using var bystander = await Bystander.StartAsync();
        await using RingPeer server = await RingPeer.ServeAsync();
        server.Order("hold");
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint, new IpcConnectionOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(100) }).InTime();
        IPeer peer = client.GetProxy<IPeer>();
        Assert.Equal(1, await peer.EchoAsync(1).InTime());
        long start = Stopwatch.GetTimestamp();
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(async () =>
        {
            while (true)
            {
                _ = await Task.Run(() => peer.EchoAsync(2).AsTask()).InTime();
            }
        });
        output.WriteLine($"After {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms: {lost.Message}");
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5);
        Assert.Equal(IpcCloseKind.Violation, (await client.Closed.InTime()).Kind);
        await bystander.AssertUnharmedAsync();
    }

    /// <summary>A byte on the control socket means "look"; a peer that sends them as fast as it can keeps nobody else from being looked at.</summary>
    [Fact]
    public async Task A_peer_that_floods_the_control_socket_does_not_hold_up_others()
    {
        await using PeerProcess server = await PeerProcess.ServeAsync("shm");
        await using IpcConnection other = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        IPeer peer = other.GetProxy<IPeer>();
        await using RingPeer attacker = await RingPeer.CallAsync(server.Endpoint);
        attacker.Order("flood");
        double slowest = 0;
        for (int i = 0; i < 2000; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Assert.Equal(i, await peer.EchoAsync(i).InTime());
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        output.WriteLine($"The slowest of 2000 calls took {slowest:0.0} ms.");
        Assert.InRange(slowest, 0, 2000);
    }

    private static string Corruption(int seed)
    {
        // Everything, or one kind alone so that the others do not end the connection first; now and then from the handshake on.
        int[] kinds = [31, 1, 2, 4, 8, 16, 3, 24];
        return string.Create(CultureInfo.InvariantCulture, $"{(seed % 5 == 0 ? "corrupt-early" : "corrupt")} {(uint)seed} {kinds[(uint)seed % kinds.Length]}");
    }
}
