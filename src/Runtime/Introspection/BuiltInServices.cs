using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Native;
using Contracts.Ipc.Rpc;

namespace Contracts.Ipc.Introspection;

/// <summary>
/// The services that a server has without being given any. One for all its connections, made when somebody asks for the first time: a connection
/// that never does pays nothing, neither in its table of services nor in its greeting.
/// </summary>
internal sealed class BuiltInServices(IServerIntrospection introspection, IpcServerOptions options)
{
    private readonly IpcIntrospection _audience = options.Introspection;
    private readonly bool _allPeersAreOwn = options.SameUserOnly;
    private readonly Lazy<BoundMethod[]> _methods = new(() => Bind(introspection));

    /// <summary>Looks for a method that no service of the user has.</summary>
    /// <param name="peer">Who calls.</param>
    /// <param name="id">The method.</param>
    /// <param name="refusal">Why the peer may not call it.</param>
    /// <returns>Null if there is no such method, or if the peer may not call it.</returns>
    internal BoundMethod? Find(PeerIdentity peer, ulong id, out IpcException? refusal)
    {
        refusal = null;
        foreach (BoundMethod method in _methods.Value)
        {
            if (method.Method.Id == id)
            {
                refusal = Refuse(peer);
                return refusal is null ? method : null;
            }
        }

        return null;
    }

    private static BoundMethod[] Bind(IServerIntrospection introspection)
        => [.. IpcContract.Of<IServerIntrospection>().TypedMethods.ToArray().Select(method => new BoundMethod<IServerIntrospection>(method, introspection))];

    private IpcPermissionException? Refuse(PeerIdentity peer) => _audience switch
    {
        IpcIntrospection.Off => IntrospectionError.SwitchedOff(),
        IpcIntrospection.SameUser when !IsOwnUser(peer) => IntrospectionError.OtherUser(peer),
        _ => null,
    };

    // Whom the transport let in although it admits only its own user is one, also where it cannot name him.
    private bool IsOwnUser(PeerIdentity peer)
        => peer.UserId is { } id ? id == Files.EffectiveUserId : _allPeersAreOwn || peer.UserName == Environment.UserName;
}
