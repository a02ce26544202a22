using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Queues;

/// <summary>What waits in a queue is taken by its priority.</summary>
public sealed class PriorityOrderTests
{
    [Theory]
    [InlineData("mq")]
    [InlineData("sysv")]
    public async Task An_urgent_call_overtakes_those_that_wait_for_a_server_that_stands_still(string transport)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        IPeer peer = client.GetProxy<IPeer>();
        Assert.Equal(1, await peer.EchoAsync(1).InTime());
        Assert.Equal(1, await peer.EchoedAsync().InTime());

        // Leave the thread that receives: it sends together what is sent from within one continuation.
        await Task.Yield();
        server.SendStop();
        Task<int>[] waiting = [.. Enumerable.Range(0, 6).Select(i => peer.EchoAsync(i).AsTask())];
        Task<int> urgent = peer.EchoedAsync().AsTask();

        // The one who sends is a pool thread once several calls are under way.
        Assert.True(Within.Eventually(() => !client.Session.Outbox.HasUnsent));
        server.SendContinue();

        Assert.Equal(1, await urgent.InTime());
        Assert.Equal(Enumerable.Range(0, 6), await Task.WhenAll(waiting).InTime());
        Assert.Equal(7, await peer.EchoedAsync().InTime());
    }
}
