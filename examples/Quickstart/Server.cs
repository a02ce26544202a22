using Contracts.Ipc;

namespace Quickstart;

/// <summary>The server's side of the process boundary.</summary>
internal static class Server
{
    /// <summary>What the server prints once clients can connect.</summary>
    public const string Ready = "ready";

    /// <summary>Listens until the process that started it closes its end of standard input, or dies.</summary>
    public static async Task RunAsync(IEnumerable<string> endpoints)
    {
        // Whoever watches with 'ipc monitor' sees what all clients call, so a server says that it may.
        await using var server = new IpcServer(new IpcServerOptions { Name = "calculator", AllowMonitoring = true });
        server.AddService<ICalculator>(new Calculator());
        foreach (string endpoint in endpoints)
        {
            await server.ListenAsync(endpoint);
        }

        Console.WriteLine(Ready);
        await Console.In.ReadToEndAsync();
        await server.DrainAsync();
    }
}
