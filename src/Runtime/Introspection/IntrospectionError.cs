namespace Contracts.Ipc.Introspection;

/// <summary>The one place where errors of introspection get their wording.</summary>
internal static class IntrospectionError
{
    internal static IpcPermissionException SwitchedOff()
        => new($"This server describes itself to nobody ({nameof(IpcServerOptions)}.{nameof(IpcServerOptions.Introspection)} is {nameof(IpcIntrospection.Off)}).");

    internal static IpcPermissionException OtherUser(PeerIdentity peer)
        => new($"This server describes itself to its own user only, and the caller is {Describe(peer)} ({nameof(IpcServerOptions)}.{nameof(IpcServerOptions.Introspection)}).");

    internal static IpcPermissionException NotMonitored()
        => new($"The calls of this server cannot be watched: set {nameof(IpcServerOptions)}.{nameof(IpcServerOptions.AllowMonitoring)} where it is made.");

    internal static InvalidOperationException ReservedName(string contract)
        => new($"{contract} cannot be offered: names of contracts that begin with '{Reserved.Prefix}' belong to the protocol. Choose another one with [IpcService(Name = …)].");

    private static string Describe(PeerIdentity peer)
        => peer.UserId is { } id ? $"user {id}" : peer.UserName is { } name ? $"user '{name}'" : "a user whom the transport does not know";
}
