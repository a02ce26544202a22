using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Integration.Tests.Hostile;
using Contracts.Ipc.Native;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Transports.Ownership;
using Contracts.Ipc.Transports.SystemVQueue;

namespace Contracts.Ipc.Integration.Tests.Queues;

/// <summary>What System V queues bring with them: many clients, a limit of the whole system, queues that anybody of this user may remove, and peers in C.</summary>
public sealed class SystemVQueueTests(ITestOutputHelper output)
{
    private const int Clients = 500;

    private const string Limit = "/proc/sys/kernel/msgmni";

    [Fact]
    public async Task Five_hundred_clients_at_once_need_nothing_that_must_be_configured()
    {
        await using PeerProcess server = await PeerProcess.ServeAsync("sysv");
        long started = Stopwatch.GetTimestamp();
        IpcConnection[] clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => IpcConnection.ConnectAsync(server.Endpoint).AsTask())).InTime();
        try
        {
            output.WriteLine($"{Clients} clients were let in within {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms.");
            started = Stopwatch.GetTimestamp();
            int[] answers = await Task.WhenAll(clients.Select((client, i) => client.GetProxy<IPeer>().EchoAsync(i).AsTask())).InTime();
            output.WriteLine($"Each had an answer within {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms.");
            Assert.Equal(Enumerable.Range(0, Clients), answers);
        }
        finally
        {
            await Task.WhenAll(clients.Select(static client => client.DisposeAsync().AsTask())).InTime();
        }
    }

    [Fact]
    public async Task A_reply_queue_removed_from_outside_ends_its_connection_and_no_other()
    {
        await using PeerProcess server = await PeerProcess.ServeAsync("sysv");
        int[] before = OwnQueues();
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        int queue = Assert.Single(OwnQueues().Except(before));
        await using IpcConnection other = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        Task<int> hangs = client.GetProxy<IPeer>().HangAsync().AsTask();
        Task blocks = Within.OnThread(() => client.GetProxy<IPeer>().Block(1));
        while (await other.GetProxy<IPeer>().BlockedAsync().InTime() == 0)
        {
            await Task.Yield();
        }

        Assert.True(new SystemVMessageQueue(queue).Remove());

        foreach (Task call in (Task[])[hangs, blocks])
        {
            Assert.Equal(IpcDelivery.MaybeExecuted, (await Assert.ThrowsAsync<IpcConnectionException>(() => call.InTime())).Delivery);
        }

        Assert.Equal(IpcCloseKind.Lost, (await client.Closed.InTime()).Kind);
        Assert.Equal(7, await other.GetProxy<IPeer>().EchoAsync(7).InTime());
    }

    [Fact]
    public async Task A_request_queue_removed_from_outside_ends_every_connection_and_the_next_server_starts_anew()
    {
        IpcEndpoint endpoint;
        await using (PeerProcess server = await PeerProcess.ServeAsync("sysv"))
        {
            endpoint = server.Endpoint;
            IpcConnection[] clients = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => IpcConnection.ConnectAsync(endpoint).AsTask())).InTime();
            Task<int>[] calls = [.. clients.Select(static client => client.GetProxy<IPeer>().HangAsync().AsTask())];
            Assert.Equal(1, await clients[0].GetProxy<IPeer>().EchoAsync(1).InTime());

            Assert.True(QueueName.Find(QueueName.PathOf(endpoint))!.Value.Queue.Remove());

            foreach (Task<int> call in calls)
            {
                _ = await Assert.ThrowsAsync<IpcConnectionException>(() => call.InTime());
            }

            _ = await Assert.ThrowsAsync<IpcConnectionException>(() => IpcConnection.ConnectAsync(endpoint).InTime());
            await Task.WhenAll(clients.Select(static client => client.DisposeAsync().AsTask())).InTime();
        }

        await using var next = new IpcServer();
        next.AddService<IProbe>(new Probe());
        _ = await next.ListenAsync(endpoint).InTime();
        await using IpcConnection again = await IpcConnection.ConnectAsync(endpoint).InTime();
        Assert.Equal(3, await again.GetProxy<IProbe>().RunAsync(3).InTime());
    }

    [Fact]
    public async Task A_client_in_C_makes_a_call()
    {
        await using PeerProcess server = await PeerProcess.ServeAsync("sysv");
        ulong echo = IpcContract.Of<IPeer>().Methods.Single(static method => method.Name == nameof(IPeer.EchoAsync)).Id;
        using var client = Process.Start(new ProcessStartInfo(
            Compile(),
            [QueueName.PathOf(server.Endpoint), Convert.ToHexString(RawPeer.Hello().AsSpan(4)), Convert.ToHexString(RawPeer.Call(5, echo, 4711).AsSpan(4))])
        {
            RedirectStandardOutput = true,
        })!;

        byte[] welcome = Convert.FromHexString((await client.StandardOutput.ReadLineAsync().InTime())!);
        byte[] result = Convert.FromHexString((await client.StandardOutput.ReadLineAsync().InTime())!);
        await client.WaitForExitAsync().InTime();

        Assert.Equal(0, client.ExitCode);
        Assert.Equal(FrameKind.Welcome, FrameHeader.Read(welcome).Kind);
        Assert.Equal((FrameKind.Result, 5u), (FrameHeader.Read(result).Kind, FrameHeader.Read(result).CallId));
        Assert.Equal([0xCD, 0x12, 0x67], result[FrameHeader.Length..]);

        // Nobody here would notice that it was killed, and clear up behind it.
        server.SendTerminate();
        Assert.Equal(0, await server.ExitAsync());
    }

    [Fact]
    public async Task When_the_system_has_no_further_queue_the_error_names_the_limit_and_room_is_used_as_soon_as_there_is_some()
    {
        // A name space of its own: the limit is the whole system's.
        Assert.SkipUnless(Files.EffectiveUserId == 0, "The limit can be set by root only.");
        await using PeerProcess peer = PeerProcess.Run(
            ["unshare", "--ipc", "sh", "-c", $"echo 3 > {Limit}; exec \"$@\"", "sh"], "exhaust", TestTransports.NewEndpoint("sysv").ToString());

        string? refused = await peer.ReadLineAsync();

        Assert.StartsWith("ResourceExhausted", refused, StringComparison.Ordinal);
        Assert.Contains("kernel.msgmni, 3", refused, StringComparison.Ordinal);
        Assert.Equal("the others: 1 2", await peer.ReadLineAsync());
        Assert.Equal("the next: 3", await peer.ReadLineAsync());
        Assert.Equal(0, await peer.ExitAsync());
    }

    [Fact]
    public async Task A_client_that_is_stopped_with_full_queues_holds_up_no_other()
    {
        await using PeerProcess server = await PeerProcess.ServeAsync("sysv");
        await using PeerProcess stopped = await PeerProcess.CallAsync(server.Endpoint);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        stopped.SendStop();

        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(i, await client.GetProxy<IPeer>().EchoAsync(i).InTime());
        }

        Assert.Equal(1 << 20, (await client.GetProxy<IPeer>().LargeAsync(1 << 20).InTime()).Length);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_server_and_its_clients_when_both_are_killed()
    {
        for (int i = 0; i < 5; i++)
        {
            await using PeerProcess server = await PeerProcess.ServeAsync("sysv");
            await using PeerProcess client = await PeerProcess.CallAsync(server.Endpoint);
            SystemVMessageQueue queue = QueueName.Find(QueueName.PathOf(server.Endpoint))!.Value.Queue;
            _ = client.Kill();
            _ = server.Kill();

            // Whoever comes next to the endpoint, or to any other, clears up.
            Assert.True(Within.Eventually(() => StaleObjects.Remove() >= 0 && queue.Status() is null));
            _ = await Assert.ThrowsAsync<IpcConnectionException>(() => IpcConnection.ConnectAsync(server.Endpoint).InTime());
        }
    }

    /// <summary>The queues that this process has made and not removed.</summary>
    private static int[] OwnQueues() =>
    [
        .. OwnerRecords.Read()
            .Where(static record => record.Process == ProcessIdentity.Current)
            .SelectMany(static record => record.Objects)
            .Where(static entry => entry.Kind == OwnedKind.SystemVQueue)
            .Select(static entry => int.Parse(entry.Name.Split(' ')[0], CultureInfo.InvariantCulture)),
    ];

    /// <summary>Compiles the client beside its source, once for each state of it.</summary>
    private static string Compile()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Queues", "Peer", "sysv_client.c");
        string program = Path.ChangeExtension(source, null) + "-" + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(source)))[..16];
        if (!File.Exists(program))
        {
            string unfinished = $"{program}.{Environment.ProcessId}";
            using var compiler = Process.Start(new ProcessStartInfo(
                Tool.Need("gcc"), ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-o", unfinished, source])
            {
                RedirectStandardError = true,
            })!;
            string errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            Assert.True(compiler.ExitCode == 0, errors);
            File.Move(unfinished, program, overwrite: true);
        }

        return program;
    }
}
