using System.Globalization;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>Sees to it that SIGPIPE does not end the process: sockets have a flag for that, pipes do not.</summary>
/// <remarks>
/// The .NET runtime ignores the signal from its start. A native host that embeds the runtime, or a library, may have put the default back, which kills
/// the process when a peer is gone. Then it is ignored here, as .NET does; a handler of somebody else's stays as it is.
/// </remarks>
internal static partial class BrokenPipe
{
    private const int Number = 13;
    private const ulong Bit = 1UL << (Number - 1);
    private const nint IgnoreSignal = 1;

    /// <summary>Whether the process would survive it: it is ignored or handled.</summary>
    public static bool IsHarmless
    {
        get
        {
            // Read from here rather than by sigaction(2), whose structure every architecture and C library lays out differently.
            ulong harmless = 0;
            foreach (string line in File.ReadLines("/proc/self/status"))
            {
                if (line.StartsWith("SigIgn:", StringComparison.Ordinal) || line.StartsWith("SigCgt:", StringComparison.Ordinal))
                {
                    harmless |= ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                }
            }

            return (harmless & Bit) != 0;
        }
    }

    /// <summary>Called before a pipe is used, not for every write: nobody is expected to change the disposition all the time.</summary>
    public static void Ignore()
    {
        if (!IsHarmless)
        {
            _ = Signal(Number, IgnoreSignal);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint handler);
}
