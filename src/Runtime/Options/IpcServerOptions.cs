namespace Contracts.Ipc;

/// <summary>Options of an <see cref="IpcServer"/>.</summary>
public sealed class IpcServerOptions : IpcSessionOptions
{
    /// <summary>Name told to clients, for logs. Default: the name of the process.</summary>
    public string? Name { get; set; }

    /// <summary>How long <see cref="IpcServer.RunAsync(IpcEndpoint, CancellationToken)"/> lets calls finish when it stops. Default 10 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>To whom the server describes itself. Costs nothing while nobody asks. Default <see cref="IpcIntrospection.SameUser"/>.</summary>
    public IpcIntrospection Introspection { get; set; }

    /// <summary>
    /// Whether those to whom the server describes itself may also watch its calls: which method, by whom, how long, with what outcome; never arguments or results.
    /// Costs one look per call, and more only while somebody watches. Default false.
    /// </summary>
    public bool AllowMonitoring { get; set; }
}
