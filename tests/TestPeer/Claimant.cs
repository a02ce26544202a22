using System.Diagnostics;
using System.Globalization;
using Contracts.Ipc.Integration.Tests.Contracts;

namespace Contracts.Ipc.TestPeer;

/// <summary>A server that starts at a given moment, at which another one starts at the same endpoint.</summary>
internal static class Claimant
{
    internal static async Task<int> RunAsync(IpcEndpoint endpoint)
    {
        await using var server = new IpcServer();
        server.AddService<IPeer>(new Peer());
        Console.WriteLine("ready");
        IpcListener? listener = null;
        while (await Console.In.ReadLineAsync() is { } order)
        {
            if (order == "end")
            {
                await (listener?.DisposeAsync() ?? ValueTask.CompletedTask);
                listener = null;
                Console.WriteLine("ended");
                continue;
            }

            // The clock of Stopwatch is the machine's.
            long moment = long.Parse(order, CultureInfo.InvariantCulture);
            while (Stopwatch.GetTimestamp() < moment)
            {
                Thread.SpinWait(10);
            }

            try
            {
                listener = await server.ListenAsync(endpoint);
                Console.WriteLine("won");
            }
            catch (IpcEndpointException refused)
            {
                Console.WriteLine(refused.Message.Contains("in use", StringComparison.Ordinal) || refused.Message.Contains("is using it", StringComparison.Ordinal)
                    ? "lost"
                    : refused.Message);
            }
        }

        return 0;
    }
}
