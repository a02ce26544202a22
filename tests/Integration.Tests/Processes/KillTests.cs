using System.Diagnostics;
using System.Globalization;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Processes;

/// <summary>
/// kill -9 of servers and of clients over every transport: the survivor hears of it at once and removes what the dead one left. CONTRACTS_KILLS says how often:
/// a fifth of it for each transport and side.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Math.Max(1, Kills.Count / 5);

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task A_client_hears_of_its_servers_death_within_100_ms_and_removes_what_is_left(string transport)
    {
        var kills = new Kills();
        for (int i = 0; i < Rounds; i++)
        {
            Dictionary<string, int> before = Belongings.Count();
            await using PeerProcess server = await PeerProcess.ServeAsync(transport);
            await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
            IPeer peer = client.GetProxy<IPeer>();
            Task<long> ended = EndOf(peer.HangAsync().AsTask());
            Assert.Equal(1, await peer.EchoAsync(1).InTime());
            long died = server.Kill();
            kills.Note(died, await ended.InTime());
            Assert.Equal(IpcCloseKind.Lost, (await client.Closed.InTime()).Kind);
            AssertNothingIsLeft(before);
        }

        kills.AssertPrompt(output);
    }

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task A_server_hears_of_its_clients_death_within_100_ms_and_removes_what_is_left(string transport)
    {
        var kills = new Kills();
        for (int i = 0; i < Rounds; i++)
        {
            await using var server = new IpcServer();
            using Meeting meeting = TestTransports.NewMeeting(transport);
            server.AddService<IPeer>(new Peer());
            _ = await server.ListenAsync(meeting.Server).InTime();
            Dictionary<string, int> before = Belongings.Count();
            await using PeerProcess client = await PeerProcess.CallAsync(meeting.Client);
            IpcConnection connection = Assert.Single(server.Connections);
            Task<long> ended = EndOf(connection.Closed);
            long died = client.Kill();
            kills.Note(died, await ended.InTime());
            Assert.Equal(IpcCloseKind.Lost, (await connection.Closed).Kind);
            AssertNothingIsLeft(before);
        }

        kills.AssertPrompt(output);
    }

    /// <summary>Nobody is there to hear of the death: the next server to start, at whatever endpoint, removes what is left.</summary>
    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task The_next_server_to_start_removes_what_a_lonely_one_left(string transport)
    {
        Dictionary<string, int> before = Belongings.Count();
        await using PeerProcess lonely = await PeerProcess.ServeAsync(transport);
        _ = lonely.Kill();
        await using var server = new IpcServer();
        IpcListener listener = await server.ListenAsync(TestTransports.NewEndpoint("unix")).InTime();
        await listener.DisposeAsync();
        AssertNothingIsLeft(before);
    }

    /// <summary>Of what has a name and outlives its maker.</summary>
    private static void AssertNothingIsLeft(Dictionary<string, int> before)
    {
        string[] left = [];
        Assert.True(Within.Eventually(() => (left = [.. Belongings.Excess(before).Keys.Where(Belongings.OutlivesItsMaker)]).Length == 0), "Left: " + string.Join("; ", left));
    }

    private static Task<long> EndOf(Task task) => task.ContinueWith(
        static _ => Stopwatch.GetTimestamp(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
