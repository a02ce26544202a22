using System.IO.Pipes;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.NamedPipe;

/// <summary>Who is at the other end of a connected pipe.</summary>
internal static class NamedPipeIdentity
{
    /// <summary>What the kernel tells. CurrentUserOnly has compared the users already, so the name is known even where no call gives it.</summary>
    public static PeerIdentity Of(PipeStream pipe, TransportOptions options)
    {
        if (OperatingSystem.IsLinux())
        {
            return Sockets.PeerOf(pipe.SafePipeHandle);
        }

        return options.SameUserOnly ? new PeerIdentity(UserName: Environment.UserName) : default;
    }
}
