using System.ComponentModel;

namespace Contracts.Ipc.CompilerServices;

/// <summary>What a proxy calls: one service on the other side of one connection. Opaque to generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IpcProxyTarget
{
    internal IpcProxyTarget()
    {
    }
}
