using Contracts.Ipc.Integration.Tests.Contracts;

namespace Contracts.Ipc.TestPeer;

/// <summary>A server and clients where the system has queues for three: what the third client is told, and what becomes of it and the others.</summary>
internal static class ExhaustionRole
{
    public static async Task RunAsync(IpcEndpoint endpoint)
    {
        await using var server = new IpcServer();
        server.AddService<IPeer>(new Peer());
        _ = await server.ListenAsync(endpoint);
        IpcConnection first = await IpcConnection.ConnectAsync(endpoint);
        await using IpcConnection second = await IpcConnection.ConnectAsync(endpoint);
        try
        {
            await using IpcConnection third = await IpcConnection.ConnectAsync(endpoint);
        }
        catch (IpcException error)
        {
            Console.WriteLine($"{error.Code}: {error.Message}");
        }

        Console.WriteLine($"the others: {await first.GetProxy<IPeer>().EchoAsync(1)} {await second.GetProxy<IPeer>().EchoAsync(2)}");
        await first.DisposeAsync();
        await using IpcConnection next = await IpcConnection.ConnectAsync(endpoint);
        Console.WriteLine($"the next: {await next.GetProxy<IPeer>().EchoAsync(3)}");
    }
}
