using System.Runtime.InteropServices;

namespace Contracts.Ipc.Tests;

/// <summary>
/// A serial cable with a modem at each end, made of two pseudoterminals: what goes in at one comes out at the other, and when one program hangs up, the
/// other's line is hung up a little later. Each end has a name that stays; the pseudoterminal behind it is another one after a hang-up.
/// </summary>
/// <remarks>
/// A line that is hung up loses what has not been read yet. So there is a moment between, in which a program that was told of the end in good order closes by itself.
/// </remarks>
internal sealed partial class PtyLine : IDisposable
{
    private const int ReadWrite = 2;
    private const int NonBlocking = 0x800;
    private const int NoControllingTerminal = 0x100;
    private const int Cloexec = 0x80000;
    private const short In = 1;
    private const short Out = 4;
    private const short HangUp = 0x10;

    private readonly TimeSpan _delay;
    private readonly Thread _thread;
    private bool _isDisposed;

    /// <param name="path">The ends are <c>path-a</c> and <c>path-b</c>.</param>
    /// <param name="delay">From one program's hang-up to the other's.</param>
    internal PtyLine(string path, TimeSpan delay)
    {
        A = path + "-a";
        B = path + "-b";
        _delay = delay;
        (int Master, string Name) a = Open();
        (int Master, string Name) b = Open();
        Link(A, a.Name);
        Link(B, b.Name);
        _thread = new Thread(() => Run(a.Master, b.Master)) { IsBackground = true, Name = "pty line" };
        _thread.Start();
    }

    internal string A { get; }

    internal string B { get; }


    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        _thread.Join();
        File.Delete(A);
        File.Delete(B);
    }

    private void Run(int a, int b)
    {
        while (Carry(a, b))
        {
            (int Master, string Name) newA = Open();
            (int Master, string Name) newB = Open();
            Link(A, newA.Name);
            Link(B, newB.Name);
            _ = Close(a);
            _ = Close(b);
            (a, b) = (newA.Master, newB.Master);
        }

        _ = Close(a);
        _ = Close(b);
    }

    /// <returns>False at the end of the test; true when the line is to be hung up.</returns>
    private unsafe bool Carry(int a, int b)
    {
        Direction forth = new(a, b);
        Direction back = new(b, a);
        long? hungUp = null;
        Entry* entries = stackalloc Entry[2];
        while (!Volatile.Read(ref _isDisposed))
        {
            entries[0] = new Entry { Descriptor = a, Events = Wanted(forth, back), Returned = 0 };
            entries[1] = new Entry { Descriptor = b, Events = Wanted(back, forth), Returned = 0 };
            _ = Poll(entries, 2, 5);
            bool endOfA = (entries[0].Returned & HangUp) != 0;
            bool endOfB = (entries[1].Returned & HangUp) != 0;
            forth.Move();
            back.Move();
            if ((endOfA || endOfB) && hungUp is null)
            {
                hungUp = Environment.TickCount64;
            }

            if (hungUp is { } since && ((endOfA && endOfB) || Environment.TickCount64 - since > _delay.TotalMilliseconds))
            {
                return true;
            }

            if (endOfA || endOfB)
            {
                Thread.Sleep(1);
            }
        }

        return false;
    }

    private static short Wanted(Direction outOf, Direction into) => (short)((outOf.HasSpace ? In : 0) | (into.WantsRoom ? Out : 0));

    private static (int Master, string Name) Open()
    {
        int master = OpenMaster(ReadWrite | NoControllingTerminal | NonBlocking | Cloexec);
        Assert.True(master >= 0 && Grant(master) == 0 && Unlock(master) == 0, "No pseudoterminal could be opened.");
        Span<byte> name = stackalloc byte[64];
        Assert.Equal(0, NameOf(master, name, (nuint)name.Length));
        return (master, System.Text.Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]));
    }

    // A link cannot be changed; but another one can take its name in one step.
    private static void Link(string path, string target)
    {
        string temporary = path + ".new";
        _ = File.CreateSymbolicLink(temporary, target);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Bytes on their way from one end to the other.</summary>
    private sealed class Direction(int from, int to)
    {
        private readonly byte[] _bytes = new byte[16 * 1024];
        private int _start;
        private int _end;

        internal bool WantsRoom => _end > _start;

        internal bool HasSpace => _end < _bytes.Length;

        internal void Move()
        {
            while (true)
            {
                if (_start == _end)
                {
                    _start = _end = 0;
                }

                int read = HasSpace ? (int)Read(from, _bytes.AsSpan(_end), (nuint)(_bytes.Length - _end)) : 0;
                _end += Math.Max(0, read);
                int written = WantsRoom ? (int)Write(to, _bytes.AsSpan(_start), (nuint)(_end - _start)) : 0;
                _start += Math.Max(0, written);
                if (read <= 0 && written <= 0)
                {
                    return;
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int NameOf(int master, Span<byte> name, nuint length);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, Span<byte> bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int Poll(Entry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    // struct pollfd.
    private struct Entry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
