using System.Text.Json;
using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;
using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Processes;

/// <summary>The process that calls and measures. It starts its server itself and tells the result in one line.</summary>
internal static class ClientRole
{
    public const string Name = "client";

    public static async Task RunAsync(Scenario scenario, int serverProcessor, Timing timing)
    {
        string path = Path.Combine(Path.GetTempPath(), $"contracts-bench-{Environment.ProcessId}.sock");
        try
        {
            using var server = new ServerProcess(scenario.Name, path, serverProcessor);
            var peer = new Peer(server, path, scenario.Side);
            await using (peer.ConfigureAwait(false))
            {
                Measurement measured = await scenario.Workload.RunAsync(peer, timing).ConfigureAwait(false);
                Console.Out.WriteLine(JsonSerializer.Serialize(measured));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
