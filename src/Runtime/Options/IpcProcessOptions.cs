namespace Contracts.Ipc;

/// <summary>Options of an <see cref="IpcProcess"/>.</summary>
public sealed class IpcProcessOptions
{
    /// <summary>Of the connection to the child. <see cref="IpcConnectionOptions.ConnectTimeout"/> is how long the child may take until it serves.</summary>
    public IpcConnectionOptions Connection { get; set; } = new();

    /// <summary>How long the child may take to end after its connection was closed, before it is killed. Default 5 s; <see cref="TimeSpan.Zero"/> kills at once.</summary>
    public TimeSpan ExitTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether killing the child also kills what it has started. Default false: those are left to themselves.</summary>
    public bool KillEntireProcessTree { get; set; }

    /// <summary>
    /// Gets each line that the child prints: its standard error, and everything that goes to its console. One at a time, on a thread of the pool. Be quick: a child whose
    /// lines are not taken waits in the end. The log gets the lines as well, and <see cref="IpcProcess.OutputTail"/> has the last ones.
    /// </summary>
    public Action<string>? OutputReceived { get; set; }
}
