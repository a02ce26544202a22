using System.Net.Sockets;
using System.Runtime.InteropServices;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.UnixSocket;

/// <summary>Who is on the other side of a <see cref="Socket"/>: .NET has no call for it, so the raw option is asked.</summary>
internal static class SocketIdentity
{
    /// <summary>What the kernel tells; nothing on systems whose option is not known here.</summary>
    public static PeerIdentity Of(Socket socket)
    {
        if (OperatingSystem.IsLinux())
        {
            return Sockets.PeerOf(socket.SafeHandle);
        }

        if (OperatingSystem.IsMacOS())
        {
            // struct xucred { u_int version; uid_t uid; short groups; gid_t group[16]; } by SOL_LOCAL (0), LOCAL_PEERCRED (1).
            Span<byte> credentials = stackalloc byte[76];
            _ = socket.GetRawSocketOption(0, 1, credentials);
            return new PeerIdentity(UserId: MemoryMarshal.Read<uint>(credentials[4..]));
        }

        return default;
    }

    /// <summary>Whether the peer is this user. Where the kernel cannot say, the endpoint's place in the user's profile must do.</summary>
    public static bool IsSameUser(PeerIdentity peer) =>
        OperatingSystem.IsWindows() || (peer.UserId is { } user && user == Files.EffectiveUserId);
}
