using Contracts.Ipc.Benchmarks.RoundTrip.Contract;
using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Processes;

/// <summary>The process that answers.</summary>
internal static class ServerRole
{
    public const string Name = "server";
    public const string Ready = "ready";

    public static async Task RunAsync(Scenario scenario, string path)
    {
        if (scenario.Side is SocketSide socket)
        {
            SocketServer.Start(path, socket);
            Converse();
            return;
        }

        var side = (ContractSide)scenario.Side;
        await using var server = new IpcServer(side.ForServer());
        server.AddService<IBenchmark>(new Benchmark());
        await using IpcListener listener = await server.ListenAsync(side.EndpointAt(path)).ConfigureAwait(false);
        Converse();
    }

    private static void Converse()
    {
        Console.Out.WriteLine(Ready);
        while (Console.In.ReadLine() is not null)
        {
            Console.Out.WriteLine(Usage.OfThisProcess().ToString());
        }
    }
}
