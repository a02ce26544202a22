using Contracts.Ipc.Cli.Doctor.Checks;

namespace Contracts.Ipc.Cli.Benchmarking;

/// <summary>Says what the placement of the two processes does to the figures.</summary>
internal static class PinningAdvice
{
    /// <summary>What to do for better or steadier figures; nothing if both processes are pinned.</summary>
    public static IEnumerable<string> For(Placement client, Placement server)
    {
        int ofClient = ProcessorChecks.Count(client.Processors);
        int ofServer = ProcessorChecks.Count(server.Processors);
        if (ofClient == 0 || ofServer == 0)
        {
            yield break;
        }

        if (ofClient == 1 && ofServer == 1)
        {
            if (client.Processors == server.Processors)
            {
                yield return "Both processes share one processor, so that each call waits for a switch between them. On two processors both can wait awake.";
            }

            yield break;
        }

        yield return $"The scheduler moves the processes about (client on {client.Processors}, server on {server.Processors}), and figures differ from run to run. "
            + "Pin both for figures to compare: taskset -c 0 for this tool, and 'taskset -cp 1 "
            + server.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)
            + "' for the server.";
    }
}
