namespace Contracts.Ipc;

/// <summary>To whom a server describes itself: its contracts as C#, its limits, who is connected. Tools ask for it.</summary>
public enum IpcIntrospection
{
    /// <summary>To clients of the server's own user. The default.</summary>
    SameUser,

    /// <summary>To everybody who may connect.</summary>
    Everyone,

    /// <summary>To nobody: who asks gets <see cref="IpcPermissionException"/>.</summary>
    Off,
}
