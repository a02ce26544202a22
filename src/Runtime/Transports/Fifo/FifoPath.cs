using System.Globalization;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Fifo;

/// <summary>Where FIFOs lie, and opening them with every check on whose they are. Linux only.</summary>
internal static class FifoPath
{
    private const string Suffix = ".fifo";
    private const int GroupAndOthers = 0x3F; // 0077

    /// <summary>The server's FIFO.</summary>
    public static string Of(string address) => Path.IsPathRooted(address) ? address : Path.Combine(UserDirectory.Get(), address + Suffix);

    /// <summary>A client's FIFO from the server, beside the server's. Both sides derive the name from the nonce, so no client can lead the server anywhere else.</summary>
    public static string Down(string server, ulong nonce) => string.Create(CultureInfo.InvariantCulture, $"{server}.{nonce:x16}.down");

    /// <summary>A client's FIFO to the server.</summary>
    public static string Up(string server, ulong nonce) => string.Create(CultureInfo.InvariantCulture, $"{server}.{nonce:x16}.up");

    /// <summary>Opens a FIFO of this user that nobody else may use.</summary>
    /// <exception cref="NativeException">It cannot be opened, or is something else (ELOOP, ENXIO, EACCES, ENOENT …).</exception>
    public static SafeDescriptor OpenOwn(string path, StreamAccess access)
    {
        SafeDescriptor opened = StreamFile.TryOpen(path, access, followLink: false, out int error) ?? throw new NativeException($"open('{path}')", error);
        FileStatus status = Files.Status(opened);
        if (status.Kind == FileKind.Fifo && status.UserId == Files.EffectiveUserId && (status.Permissions & GroupAndOthers) == 0)
        {
            return opened;
        }

        opened.Dispose();
        throw new NativeException($"open('{path}')", Errno.EACCES);
    }

    /// <summary>Removes a client's FIFOs, as far as they are there. Under their names nothing else can be.</summary>
    public static void RemovePair(string server, ulong nonce)
    {
        try
        {
            Files.Remove(Down(server, nonce));
            Files.Remove(Up(server, nonce));
        }
        catch (NativeException)
        {
            // The directory is gone or read-only now. Nobody will look for these names again.
        }
    }
}
