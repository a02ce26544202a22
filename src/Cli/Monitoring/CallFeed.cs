using System.Runtime.CompilerServices;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Monitoring;

/// <summary>Fetches the calls of a server as they end.</summary>
internal static class CallFeed
{
    private const int Batch = 512;
    private const string OptIn =
        "Watching is off unless the server allows it, because whoever watches sees what all clients call. Where it is made:\n"
        + "  new IpcServer(new IpcServerOptions { AllowMonitoring = true })";

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>Batch after batch, until the token ends it.</summary>
    /// <exception cref="ToolException">The server does not allow it.</exception>
    public static async IAsyncEnumerable<CallBatch> FetchAsync(IServerIntrospection server, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ulong cursor = 0;
        while (true)
        {
            CallBatch batch = await FetchAsync(server, cursor, cancellationToken);
            cursor = batch.Next;
            yield return batch;
        }
    }

    private static async Task<CallBatch> FetchAsync(IServerIntrospection server, ulong cursor, CancellationToken cancellationToken)
    {
        try
        {
            return await server.GetCallsAsync(cursor, Batch, Wait, cancellationToken);
        }
        catch (IpcPermissionException refused)
        {
            throw new ToolException(ExitCode.Refused, refused.Message, OptIn, refused);
        }
    }
}
