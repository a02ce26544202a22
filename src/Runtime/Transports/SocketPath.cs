using System.Text;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports;

/// <summary>Where the socket of an endpoint lies in the file system.</summary>
internal static class SocketPath
{
    private const string Suffix = ".sock";

    /// <summary>What is wrong with an address that should be an absolute path or a plain name; null if nothing is.</summary>
    public static string? Objection(string address)
    {
        if (!Path.IsPathRooted(address))
        {
            return address.Contains('/', StringComparison.Ordinal) && EndpointName.Objection(address) is not null
                ? "the path is relative; give an absolute path, or a plain name for a socket in the user's runtime directory"
                : EndpointName.Objection(address);
        }

        return address.Contains('\0', StringComparison.Ordinal) ? "the path contains a zero character" : null;
    }

    /// <summary>The path of an address.</summary>
    /// <exception cref="IpcEndpointException">It is too long, or the directory of plain names cannot be trusted.</exception>
    public static string Of(string address, string suffix = Suffix)
    {
        string path = Path.IsPathRooted(address) ? address : Path.Combine(UserDirectory.Get(), address + suffix);
        CheckLength(path);
        return path;
    }

    /// <summary>Refuses what would not fit into sun_path.</summary>
    public static void CheckLength(string path)
    {
        int bytes = Encoding.UTF8.GetByteCount(path);
        if (bytes > Sockets.MaximumPathLength)
        {
            throw TransportError.PathTooLong(path, bytes);
        }
    }
}
