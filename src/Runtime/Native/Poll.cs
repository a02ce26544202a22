using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>poll(2) on one or two descriptors: how a thread sleeps until its peer has sent something.</summary>
internal static unsafe partial class Poll
{
    private const short In = 0x001;

    /// <summary>Blocks until one of two descriptors is readable, at its end, or in error.</summary>
    /// <param name="first">The one that matters.</param>
    /// <param name="second">A second one, or -1 (which poll ignores).</param>
    /// <param name="milliseconds">How long at most; -1 for no bound.</param>
    /// <returns>Which of them is ready; neither when the time passed.</returns>
    public static (bool First, bool Second) Readable(int first, int second, int milliseconds)
    {
        Entry* entries = stackalloc Entry[2];
        entries[0] = new Entry { Descriptor = first, Events = In, Returned = 0 };
        entries[1] = new Entry { Descriptor = second, Events = In, Returned = 0 };

        // The clock is read only if a signal comes: poll is never restarted by the kernel once it has a timeout.
        long started = milliseconds > 0 ? Stopwatch.GetTimestamp() : 0;
        int remaining = milliseconds;
        while (Call(entries, 2, remaining) < 0)
        {
            if (NativeError.Last != Errno.EINTR)
            {
                throw new NativeException("poll", NativeError.Last);
            }

            if (milliseconds > 0)
            {
                remaining = Math.Max(0, milliseconds - (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return (entries[0].Returned != 0, entries[1].Returned != 0);
    }

    // It blocks, so it must not suppress the GC transition: a collection would wait for it.
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Call(Entry* entries, nuint count, int milliseconds);

    // struct pollfd.
    private struct Entry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
