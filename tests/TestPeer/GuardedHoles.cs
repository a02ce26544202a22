using System.Globalization;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.TestPeer;

/// <summary>
/// Sees to it that the memory of shm connections is mapped between pages that nobody may touch: a read or write beside it, be it by a byte, ends the process.
/// </summary>
/// <remarks>
/// The kernel maps into the highest gap that is large enough. So all gaps are filled, and then some made that fit exactly.
/// </remarks>
internal static partial class GuardedHoles
{
    private const int Private = 2;
    private const int Anonymous = 0x20;
    private const int NoReserve = 0x4000;
    private const int Holes = 32;
    private const string Name = "/memfd:contracts-ring";

    /// <param name="length">Of a connection's memory.</param>
    internal static void Make(int length)
    {
        int page = Environment.SystemPageSize;
        nint region = Map((Holes * (length + page)) + page);
        while (true)
        {
            nint filler = Map(length);
            if (filler < region)
            {
                _ = Unmap(filler, (nuint)length);
                break;
            }
        }

        for (int i = 0; i < Holes; i++)
        {
            _ = Unmap(region + page + (i * (length + page)), (nuint)length);
        }
    }

    /// <summary>How many connections' memories there are, and how many of them lie between guards.</summary>
    internal static (int All, int Guarded) Count()
    {
        (nint Start, nint End, string Line)[] mappings = [.. File.ReadLines("/proc/self/maps").Select(static line =>
        {
            string[] range = line[..line.IndexOf(' ', StringComparison.Ordinal)].Split('-');
            return (nint.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), nint.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture), line);
        })];
        int all = 0;
        int guarded = 0;
        for (int i = 1; i < mappings.Length - 1; i++)
        {
            if (mappings[i].Line.Contains(Name, StringComparison.Ordinal))
            {
                all++;
                guarded += IsGuard(i - 1, i) && IsGuard(i, i + 1) ? 1 : 0;
            }
        }

        return (all, guarded);

        // Beside it is a mapping without any right, or nothing at all.
        bool IsGuard(int lower, int upper)
            => mappings[lower].End != mappings[upper].Start
                || (mappings[lower].Line.Contains(Name, StringComparison.Ordinal) ? mappings[upper] : mappings[lower]).Line.Contains("---p", StringComparison.Ordinal);
    }

    private static nint Map(int length)
    {
        nint start = MapCall(0, (nuint)length, 0, Private | Anonymous | NoReserve, -1, 0);
        return start != -1 ? start : throw new InvalidOperationException("mmap failed.");
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapCall(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
