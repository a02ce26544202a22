using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Signals;

/// <summary>Calls as signals, both sides in this process.</summary>
public sealed class SignalTests
{
    [Fact]
    public async Task Every_call_arrives_at_its_method_as_often_as_it_was_made()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("signal");
        var alarm = new Alarm();
        await using IpcServer server = new IpcServer().AddService<IAlarm>(alarm);
        await using IpcListener listener = await server.ListenAsync(endpoint);
        await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint);
        IAlarm proxy = connection.GetProxy<IAlarm>();
        for (int i = 0; i < 1000; i++)
        {
            proxy.Ring();
            await proxy.StopAsync();
            if (i % 2 == 0)
            {
                await proxy.SnoozeAsync(TestContext.Current.CancellationToken);
            }
        }

        Assert.True(Within.Eventually(() => alarm.Counts == (1000, 500, 1000)), alarm.Counts.ToString());
        Assert.Equal((uint?)Environment.ProcessId, (uint?)connection.Peer.ProcessId);
        _ = await connection.PingAsync(TestContext.Current.CancellationToken);
        await connection.CloseAsync(TestContext.Current.CancellationToken).InTime();
    }
}
