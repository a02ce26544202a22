using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Connecting;

/// <summary>A server that a command talks to: a connection, and what the server tells of itself.</summary>
internal sealed class Server : IAsyncDisposable
{
    /// <summary>What the tool calls itself; servers list it among their clients.</summary>
    public const string ClientName = "ipc";

    private static readonly TimeSpan Leave = TimeSpan.FromMilliseconds(500);

    private Server(IpcConnection connection)
    {
        Connection = connection;
        Introspection = connection.GetProxy<IServerIntrospection>();
    }

    public IpcConnection Connection { get; }

    public IServerIntrospection Introspection { get; }

    /// <summary>Connects.</summary>
    /// <param name="endpoint">As it was typed.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ToolException">Nobody listens there, or nobody answers.</exception>
    public static async Task<Server> ConnectAsync(string endpoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        IpcEndpoint parsed = EndpointText.Parse(endpoint);
        try
        {
            return await ConnectAsync(parsed, timeout, cancellationToken);
        }
        catch (IpcConnectionException exception)
        {
            throw new ToolException(ExitCode.NobodyListens, exception.Message, EndpointText.Alternatives(parsed), exception);
        }
    }

    /// <summary>Connects.</summary>
    /// <exception cref="ToolException">Nobody answers in time.</exception>
    /// <exception cref="IpcConnectionException">Nobody listens.</exception>
    public static async Task<Server> ConnectAsync(IpcEndpoint endpoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return new Server(await IpcConnection.ConnectAsync(endpoint, new IpcConnectionOptions { Name = ClientName }, limit.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolException(
                ExitCode.Timeout,
                FormattableString.Invariant($"{endpoint} did not answer within {timeout.TotalSeconds:0.###} s."),
                "The server may be stopped (a debugger, SIGSTOP) or overloaded. --timeout gives it more time.");
        }
    }

    /// <summary>Takes leave, so that what was sent arrives and the server sees a client that went, not one that was lost. A server that does not answer is left without.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Leave);
        await Connection.CloseAsync(limit.Token);
        await Connection.DisposeAsync();
    }
}
