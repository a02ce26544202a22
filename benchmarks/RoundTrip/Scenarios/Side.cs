using Contracts.Ipc;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

/// <summary>How client and server are set up.</summary>
internal abstract record Side
{
    /// <summary>Over what the two talk.</summary>
    public string Scheme { get; init; } = "unix";

    /// <summary>Where they meet: at a path where the transport has paths, else under the file's name.</summary>
    public IpcEndpoint EndpointAt(string path)
        => Scheme is "unix" or "shm" ? $"{Scheme}:{path}" : $"{Scheme}:{Path.GetFileNameWithoutExtension(path)}";
}

/// <summary>Both use this library.</summary>
/// <param name="PollingBudget">Null for the default.</param>
/// <param name="ThroughPool">Handlers and continuations run on the thread pool.</param>
/// <param name="RingCapacity">Null for the default.</param>
internal sealed record ContractSide(TimeSpan? PollingBudget = null, bool ThroughPool = false, int? RingCapacity = null) : Side
{
    public IpcServerOptions ForServer()
    {
        var options = new IpcServerOptions();
        Apply(options);
        return options;
    }

    public IpcConnectionOptions ForClient()
    {
        var options = new IpcConnectionOptions();
        Apply(options);
        return options;
    }

    private void Apply(IpcSessionOptions options)
    {
        options.PollingBudget = PollingBudget ?? options.PollingBudget;
        options.RingCapacity = RingCapacity ?? options.RingCapacity;
        options.RunContinuationsAsynchronously = ThroughPool;
        options.Dispatch = ThroughPool ? IpcDispatch.ThreadPool : IpcDispatch.Inline;
    }
}

/// <summary>Both use a bare <see cref="System.Net.Sockets.Socket"/>.</summary>
/// <param name="Length">Of the message that is bounced.</param>
/// <param name="IsAsync">Whether both sides await instead of blocking.</param>
/// <param name="FreshArrays">
/// Whether every message is received into an array of its own, as a caller who is given a <c>byte[]</c> expects it.
/// </param>
internal sealed record SocketSide(int Length, bool IsAsync, bool FreshArrays = false) : Side;
