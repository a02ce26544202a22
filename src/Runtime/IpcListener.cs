using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc;

/// <summary>An endpoint on which a server is reachable. Disposing it stops new connections; those that exist live on.</summary>
public sealed class IpcListener : IAsyncDisposable
{
    private readonly ChannelListener _listener;
    private readonly OwnedObject? _record;

    internal IpcListener(ChannelListener listener, OwnedObject? record)
    {
        _listener = listener;
        _record = record;
    }

    /// <summary>The endpoint as clients name it.</summary>
    public IpcEndpoint Endpoint => _listener.Endpoint;

    internal Task Accepting { get; set; } = Task.CompletedTask;

    /// <summary>Stops listening and removes what was made in the file system.</summary>
    /// <returns>When nobody can connect any more.</returns>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync().ConfigureAwait(false);
        _record?.Dispose();
        await Accepting.ConfigureAwait(false);
    }
}
