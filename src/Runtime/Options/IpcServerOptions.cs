namespace Contracts.Ipc;

/// <summary>Options of an <see cref="IpcServer"/>.</summary>
public sealed class IpcServerOptions : IpcSessionOptions
{
    /// <summary>Name told to clients, for logs. Default: the name of the process.</summary>
    public string? Name { get; set; }

    /// <summary>How long <see cref="IpcServer.RunAsync(IpcEndpoint, CancellationToken)"/> lets calls finish when it stops. Default 10 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
