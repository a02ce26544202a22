using System.Diagnostics;
using System.Globalization;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Integration.Tests.Processes;

/// <summary>Servers that start at one endpoint at the same moment, in two processes.</summary>
public sealed class StartTests(ITestOutputHelper output)
{
    /// <summary>Over unix, a thousand times; over each of the others, fewer. CONTRACTS_STARTS says how many times over each.</summary>
    [Theory, EveryTransport(Need.OtherProcess | Need.SeveralClients)]
    public async Task Of_two_servers_that_start_at_once_exactly_one_wins_and_serves(string transport)
    {
        int rounds = int.Parse(
            Environment.GetEnvironmentVariable("CONTRACTS_STARTS") ?? (transport == "unix" ? "1000" : "100"), CultureInfo.InvariantCulture);
        using Meeting meeting = TestTransports.NewMeeting(transport);
        await using PeerProcess first = PeerProcess.Run([], "claim", meeting.Server.ToString());
        await using PeerProcess second = PeerProcess.Run([], "claim", meeting.Server.ToString());
        PeerProcess[] both = [first, second];
        await AnswersAsync(both, "ready", "ready");
        int[] wins = new int[2];
        for (int i = 0; i < rounds; i++)
        {
            // A tenth of a millisecond from now, or a little later for one of them: each point of the start meets each of the other one's.
            long moment = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10_000);
            first.WriteLine(Text(moment + (i % 3 * Stopwatch.Frequency / 50_000)));
            second.WriteLine(Text(moment + (i % 5 * Stopwatch.Frequency / 50_000)));
            string?[] answers = await AnswersAsync(both, "won", "lost");
            wins[Array.IndexOf(answers, "won")]++;
            await using (IpcConnection client = await IpcConnection.ConnectAsync(meeting.Client).InTime())
            {
                Assert.Equal(both[Array.IndexOf(answers, "won")].Id, client.Peer.ProcessId ?? both[Array.IndexOf(answers, "won")].Id);
                Assert.Equal(i, await client.GetProxy<IPeer>().EchoAsync(i).InTime());
            }

            first.WriteLine("end");
            second.WriteLine("end");
            await AnswersAsync(both, "ended", "ended");
        }

        output.WriteLine($"{wins[0]} wins of the first, {wins[1]} of the second.");

        // A queue goes with its last client, whose end the server may learn of a little later.
        Assert.True(Within.Eventually(() => !OwnerRecords.Read().Any(record => record.Process.Id == first.Id || record.Process.Id == second.Id)));
    }

    private static string Text(long moment) => moment.ToString(CultureInfo.InvariantCulture);

    private static async Task<string?[]> AnswersAsync(PeerProcess[] processes, params string[] expected)
    {
        string?[] answers = await Task.WhenAll(processes.Select(static process => process.ReadLineAsync()));
        Assert.Equal(expected.Order(), answers.Order());
        return answers;
    }
}
