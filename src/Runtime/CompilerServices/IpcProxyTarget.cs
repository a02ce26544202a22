using System.ComponentModel;
using Contracts.Ipc.Rpc;

namespace Contracts.Ipc.CompilerServices;

/// <summary>What a proxy calls: one service on the other side of one connection. Opaque to generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IpcProxyTarget
{
    private readonly IpcCallOptions? _options;

    internal IpcProxyTarget(Session session, uint wireTarget, IpcCallOptions? options)
    {
        Session = session;
        WireTarget = wireTarget;
        _options = options;
    }

    internal Session Session { get; }

    /// <summary>The instance on the wire; 0 for default instances.</summary>
    internal uint WireTarget { get; }

    internal IpcProxyTarget With(IpcCallOptions options) => new(Session, WireTarget, options);

    /// <summary>In milliseconds, or <see cref="Timeout.Infinite"/>: what the proxy says, else the method, else the connection.</summary>
    internal int TimeoutFor(IpcMethod method)
    {
        if (_options?.Timeout is { } timeout)
        {
            return CallTimeout.ToMilliseconds(timeout);
        }

        return method.TimeoutMilliseconds != 0 ? method.TimeoutMilliseconds : Session.DefaultTimeoutMilliseconds;
    }
}
