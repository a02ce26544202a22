using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Xunit.Sdk;

namespace Contracts.Ipc.Integration.Tests.Queues;

/// <summary>A peer that does not read, until the transport is full: calls wait, are refused at once, or wait for so long.</summary>
public sealed class FullTransportTests
{
    /// <summary>More than any transport holds, and less than an outbox.</summary>
    private const int Enough = 3000;

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task By_default_calls_wait_and_are_executed_when_there_is_room(string transport)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        IPeer peer = client.GetProxy<IPeer>();
        server.SendStop();

        Task<int>[] calls = [.. Enumerable.Range(0, 500).Select(_ => peer.TakeAsync(new byte[1000]).AsTask())];
        Assert.DoesNotContain(calls, static call => call.IsCompleted);

        server.SendContinue();
        Assert.All(await Task.WhenAll(calls).InTime(), static length => Assert.Equal(1000, length));
    }

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task With_a_time_of_zero_a_call_that_finds_no_room_is_refused_at_once(string transport)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint, new IpcConnectionOptions { FullTimeout = TimeSpan.Zero }).InTime();
        IPeer peer = client.GetProxy<IPeer>();
        server.SendStop();

        (List<Task<int>> taken, IpcResourceExhaustedException refused) = Fill(peer);
        Assert.Contains("FullTimeout", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(taken, static call => call.IsCompleted);

        // What was taken is executed, and there is room again.
        server.SendContinue();
        _ = await Task.WhenAll(taken).InTime();
        Assert.Equal(1, await peer.EchoAsync(1).InTime());
    }

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task With_a_bound_a_call_waits_so_long_for_room_and_no_longer(string transport)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint, new IpcConnectionOptions { FullTimeout = TimeSpan.FromMilliseconds(120) }).InTime();
        IPeer peer = client.GetProxy<IPeer>();
        server.SendStop();

        long started = Stopwatch.GetTimestamp();
        Task<int>[] calls = [.. Enumerable.Range(0, Enough).Select(_ => peer.TakeAsync(new byte[1000]).AsTask())];
        Task<int> first = await Task.WhenAny(calls).InTime();
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(100), Within.Patience);
        IpcResourceExhaustedException refused = await Assert.ThrowsAsync<IpcResourceExhaustedException>(() => first);
        Assert.Contains("120 ms", refused.Message, StringComparison.Ordinal);

        server.SendContinue();
        _ = await Task.WhenAll(calls).ContinueWith(static _ => true, TaskScheduler.Default).InTime();
        Assert.Contains(calls, static call => call.IsCompletedSuccessfully);
        Assert.All(calls, static call => Assert.True(call.IsCompletedSuccessfully || call.Exception!.InnerException is IpcResourceExhaustedException));
        Assert.Equal(1, await peer.EchoAsync(1).InTime());
    }

    [Theory, EveryTransport(Need.OtherProcess)]
    public async Task Within_its_bound_a_call_that_waits_is_executed_when_there_is_room(string transport)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint, new IpcConnectionOptions { FullTimeout = Within.Patience }).InTime();
        IPeer peer = client.GetProxy<IPeer>();
        server.SendStop();

        Task<int>[] calls = [.. Enumerable.Range(0, Enough).Select(_ => peer.TakeAsync(new byte[1000]).AsTask())];
        Assert.DoesNotContain(calls, static call => call.IsCompleted);

        server.SendContinue();
        Assert.All(await Task.WhenAll(calls).InTime(), static length => Assert.Equal(1000, length));
    }

    /// <summary>Calls until one is refused, which is known when the call returns.</summary>
    private static (List<Task<int>> Taken, IpcResourceExhaustedException Refused) Fill(IPeer peer)
    {
        var taken = new List<Task<int>>();
        while (taken.Count < Enough)
        {
            Task<int> call = peer.TakeAsync(new byte[1000]).AsTask();
            if (call.IsFaulted)
            {
                return (taken, Assert.IsType<IpcResourceExhaustedException>(call.Exception.InnerException));
            }

            taken.Add(call);
        }

        throw FailException.ForFailure("The transport never was full.");
    }
}
