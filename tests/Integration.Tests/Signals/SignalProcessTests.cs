using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Signals;

namespace Contracts.Ipc.Integration.Tests.Signals;

/// <summary>Calls as signals between processes, some of which know nothing of this library.</summary>
public sealed class SignalProcessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_signals_from_each_of_several_processes_all_arrive()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        var alarm = new Alarm();
        await using IpcServer server = new IpcServer().AddService<IAlarm>(alarm);
        _ = await server.ListenAsync(endpoint, Stop);
        PeerProcess[] clients = [.. Enumerable.Range(0, 3).Select(_ => PeerProcess.Run([], "ring", endpoint.ToString(), "10000"))];
        try
        {
            using Process native = SignalSender.Start(endpoint, "tests.alarm/StopAsync", 10_000);
            foreach (PeerProcess client in clients)
            {
                Assert.Equal("rung", await client.ReadLineAsync(TimeSpan.FromMinutes(2)));
            }

            await native.WaitForExitAsync(Stop);
            Assert.Equal(0, native.ExitCode);
            Assert.True(Within.Eventually(() => alarm.Counts == (30_000, 0, 10_000)), alarm.Counts.ToString());
        }
        finally
        {
            foreach (PeerProcess client in clients)
            {
                await client.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_shell_sends_with_kill()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        await using PeerProcess server = await ServeAsync(endpoint);
        string record = SignalRecordFile.PathOf(endpoint.Address);
        await SignalSender.RunShellAsync(
            $$"""kill -"$(awk '$1 == "signal" && $4 ~ /StopAsync$/ { print $2 }' '{{record}}')" "$(awk '$1 == "process" { print $2 }' '{{record}}')" """);
        await CountsBecomeAsync(server, "0 0 1");

        // The first server of a process has the numbers from the first one on, in the order of its methods' names.
        await SignalSender.RunShellAsync($"kill -RTMIN+1 {server.Id}");
        await CountsBecomeAsync(server, "1 0 1");
    }

    [Fact]
    public async Task A_client_learns_at_once_that_the_server_was_killed()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        await using PeerProcess server = await ServeAsync(endpoint);
        await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);
        IAlarm proxy = connection.GetProxy<IAlarm>();
        proxy.Ring();
        _ = server.Kill();
        Assert.Equal(IpcCloseKind.Lost, (await connection.Closed.InTime()).Kind);
        Assert.Equal(IpcDelivery.NotSent, Assert.Throws<IpcConnectionException>(proxy.Ring).Delivery);

        // What it has left behind leads nobody anywhere, and is in nobody's way.
        _ = await Assert.ThrowsAsync<IpcConnectionException>(() => IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop).InTime());
        await using PeerProcess next = await ServeAsync(endpoint);
        await using IpcConnection again = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);
        again.GetProxy<IAlarm>().Ring();
        await CountsBecomeAsync(next, "1 0 0");
    }

    [Fact]
    public async Task SIGTERM_drains_the_server_and_late_signals_do_it_no_harm()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        await using PeerProcess server = await ServeAsync(endpoint);
        SignalRecord record = SignalRecord.Read(await File.ReadAllBytesAsync(SignalRecordFile.PathOf(endpoint.Address), Stop));
        await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);
        IAlarm proxy = connection.GetProxy<IAlarm>();
        proxy.Ring();
        await CountsBecomeAsync(server, "1 0 0");

        server.SendTerminate();
        Assert.Equal("drained", await server.ReadLineAsync());
        Assert.False(File.Exists(SignalRecordFile.PathOf(endpoint.Address)));
        Assert.Equal(IpcDelivery.NotSent, Assert.Throws<IpcConnectionException>(proxy.Ring).Delivery);

        // A sender that knows nothing of the end.
        foreach ((int signal, _) in record.Signals)
        {
            Assert.Equal(0, SignalSender.Queue(server.Id, signal));
        }

        server.WriteLine("counts");
        Assert.Equal("1 0 0", await server.ReadLineAsync());
        server.CloseInput();
        Assert.Equal(0, await server.ExitAsync());
    }

    [Fact]
    public async Task A_full_queue_keeps_calls_back_until_there_is_room_and_loses_none()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        await using PeerProcess server = await ServeAsync(endpoint);
        SignalRecord record = SignalRecord.Read(await File.ReadAllBytesAsync(SignalRecordFile.PathOf(endpoint.Address), Stop));
        SignalSender.LimitPending(server.Id, 64);
        await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop);
        IAlarm proxy = connection.GetProxy<IAlarm>();
        server.SendStop();
        for (int i = 0; i < 500; i++)
        {
            proxy.Ring();
        }

        // The calls may leave a little later than they return: together.
        Assert.True(Within.Eventually(() => QueuedFor(server.Id) >= 64), $"{QueuedFor(server.Id)} signals wait.");

        // Others are refused as well: the limit is that of all signals that wait for this user's processes.
        Assert.Equal(Errno.EAGAIN, SignalSender.Queue(server.Id, record.Signals[0].Signal));
        server.SendContinue();
        await CountsBecomeAsync(server, "500 0 0");
    }

    [Fact]
    public async Task A_process_that_does_not_catch_the_signals_of_its_record_is_sent_none()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        using var victim = Process.Start("sleep", ["60"]);
        string path = SignalRecordFile.PathOf(endpoint.Address);
        ulong started = ulong.Parse(
            (await File.ReadAllTextAsync($"/proc/{victim.Id}/stat", Stop)).Split(')')[^1].Split(' ')[20], System.Globalization.CultureInfo.InvariantCulture);
        using (SignalRecordFile file = SignalRecordFile.Publish(path, new SignalRecord
        {
            Process = new ProcessIdentity((uint)victim.Id, started),
            PidNamespace = MutexIdentity.Own.PidNamespace,
            Welcome = [],
            Signals = [(RealTimeSignals.First, new SignalMethod(1, "tests.alarm/Ring"))],
        }))
        {
            IpcConnectionException refused = await Assert.ThrowsAsync<IpcConnectionException>(
                () => IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop).InTime());
            Assert.Contains("does not catch signal", refused.Message, StringComparison.Ordinal);
            Assert.False(victim.HasExited);
            file.Withdraw();
        }

        victim.Kill();
        await victim.WaitForExitAsync(Stop);
    }

    [Theory]
    [InlineData("", "does not begin")]
    [InlineData("contracts signals 1 open\n", "names no process")]
    [InlineData("contracts signals 1 open\nprocess 1 started 2 namespace 3\n", "has no greeting")]
    [InlineData("contracts signals 1 open\nprocess 1 started 2 namespace 3\nwelcome AAAA\nsignal 9 1 kill\n", "not a real-time signal")]
    [InlineData("contracts signals 1 open\nprocess -1 started 2 namespace 3\nwelcome AAAA\n", "'process …' cannot be read")]
    [InlineData("contracts signals 1 open\nprocess 1 started 2 namespace 3\nwelcome !\n", "'welcome …' cannot be read")]
    public async Task A_record_that_is_none_is_refused_with_a_reason(string content, string reason)
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        string path = SignalRecordFile.PathOf(endpoint.Address);
        await File.WriteAllTextAsync(path, content, Stop);
        try
        {
            IpcConnectionException refused = await Assert.ThrowsAsync<IpcConnectionException>(
                () => IpcConnection.ConnectAsync(endpoint, cancellationToken: Stop).InTime());
            Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<PeerProcess> ServeAsync(IpcEndpoint endpoint)
    {
        PeerProcess server = PeerProcess.Run([], "alarm", endpoint.ToString());
        Assert.Equal("ready", await server.ReadLineAsync());
        return server;
    }

    /// <summary>How many signals wait for processes of this user, as the kernel counts them against the limit: proc_pid_status(5), SigQ.</summary>
    private static int QueuedFor(int process)
        => int.Parse(
            File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("SigQ:", StringComparison.Ordinal)).Split(':', '/')[1],
            System.Globalization.CultureInfo.InvariantCulture);

    private static async Task CountsBecomeAsync(PeerProcess server, string expected)
    {
        string? counts;
        var time = Stopwatch.StartNew();
        do
        {
            server.WriteLine("counts");
            counts = await server.ReadLineAsync();
        }
        while (counts != expected && time.Elapsed < Within.Patience);

        Assert.Equal(expected, counts);
    }
}
