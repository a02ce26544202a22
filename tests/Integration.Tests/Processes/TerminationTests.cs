using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Tests;

namespace Contracts.Ipc.Integration.Tests.Processes;

/// <summary>A server that is told to end while calls come in as fast as they can: each is answered, or was never sent. For children see EndTests.</summary>
public sealed class TerminationTests(ITestOutputHelper output)
{
    [Theory, EveryTransport(Need.OtherProcess)]
    public Task SIGTERM_under_load_loses_no_call_that_the_server_took(string transport) => EndUnderLoadAsync(transport, static server => server.SendTerminate());

    [Fact]
    public Task SIGINT_under_load_loses_no_call_that_the_server_took()
    {
        InterruptSignal.SkipIfIgnored();
        return EndUnderLoadAsync("unix", static server => server.SendInterrupt());
    }

    private async Task EndUnderLoadAsync(string transport, Action<PeerProcess> end)
    {
        await using PeerProcess server = await PeerProcess.ServeAsync(transport);
        await using IpcConnection client = await IpcConnection.ConnectAsync(server.Endpoint).InTime();
        LoadReport report = await Load.UntilClosedAsync(client, static connection => connection.GetProxy<IPeer>().EchoAsync, () => end(server));
        output.WriteLine($"{report.Answered} calls answered, {report.NotSent} not sent, {report.Lost} lost.");
        Assert.Equal(0, report.Lost);
        Assert.Equal("drained", await server.ReadLineAsync());
        Assert.Equal(0, await server.ExitAsync());
        Assert.Equal(IpcCloseKind.Remote, (await client.Closed.InTime()).Kind);
    }
}
