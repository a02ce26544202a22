namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>Standard input and output of a child process: <c>stdio:</c>. The child listens, the parent connects by <see cref="IpcProcess"/>.</summary>
internal sealed class StandardIOTransport : Transport
{
    private const string Name = "stdio";

    public override string Scheme => Name;

    /// <summary>False: only the parent has the other ends.</summary>
    public override bool IsReachableByName => false;

    /// <summary>Whose streams they are: this process's own. Tests lay pipes of theirs.</summary>
    internal static StandardStreams Streams { get; set; } = new OwnStandardStreams();

    public override string? Objection(string address) => address.Length == 0 ? null : $"nothing follows '{Name}:', a process has only one standard input";

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken) =>
        new(new StandardIOListener(endpoint, Streams.Serve(endpoint, options.MaximumFrameLength)));

    public override ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken) =>
        new(Streams.Connect(options.MaximumFrameLength));
}
