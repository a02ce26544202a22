using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>The event bits of epoll(7).</summary>
[Flags]
internal enum EpollEvents : uint
{
    None = 0,

    /// <summary>EPOLLIN: something to read, or end of stream.</summary>
    In = 0x001,

    /// <summary>EPOLLOUT: room to write.</summary>
    Out = 0x004,

    /// <summary>EPOLLERR: an error is pending. Always reported, armed or not.</summary>
    Error = 0x008,

    /// <summary>EPOLLHUP: both directions are shut. Always reported, armed or not.</summary>
    HangUp = 0x010,

    /// <summary>EPOLLRDHUP: the peer shut its sending direction. Must be asked for.</summary>
    PeerShutdown = 0x2000,

    /// <summary>EPOLLONESHOT: disarm wholly (HangUp and Error too) after one event, until the next Modify.</summary>
    OneShot = 1u << 30,

    /// <summary>EPOLLET: report changes, not states.</summary>
    EdgeTriggered = 1u << 31,
}

/// <summary>One event, with the value that was registered for its descriptor.</summary>
internal readonly record struct EpollEvent(EpollEvents Events, ulong Data);

/// <summary>An epoll(7) set. Any thread may change the set; one thread at a time waits.</summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    private const int Cloexec = 0x80000;
    private const int AddOperation = 1;
    private const int RemoveOperation = 2;
    private const int ModifyOperation = 3;

    // struct epoll_event { uint32_t events; uint64_t data; } is packed on x86-64 only (EPOLL_PACKED in the kernel's header);
    // elsewhere the data is aligned to eight bytes.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - sizeof(ulong);

    private readonly SafeDescriptor _descriptor;
    private readonly byte[] _raw;

    /// <param name="capacity">How many events one wait returns at most.</param>
    public Epoll(int capacity)
    {
        _raw = GC.AllocateArray<byte>(capacity * EventSize, pinned: true);
        _descriptor = new SafeDescriptor(NativeError.Check(Create(Cloexec), "epoll_create1"));
    }

    public void Add(int descriptor, EpollEvents events, ulong data) => Control(AddOperation, descriptor, events, data);

    public void Modify(int descriptor, EpollEvents events, ulong data) => Control(ModifyOperation, descriptor, events, data);

    public void Remove(int descriptor) => Control(RemoveOperation, descriptor, EpollEvents.None, 0);

    /// <summary>Waits for events. A signal ends the wait early with none (EINTR is never restarted by the kernel here).</summary>
    /// <param name="events">Where they go; at most the capacity given to the constructor are written.</param>
    /// <param name="milliseconds">How long at most; -1 for no bound.</param>
    /// <returns>How many came.</returns>
    public int Wait(Span<EpollEvent> events, int milliseconds)
    {
        int maximum = Math.Min(events.Length, _raw.Length / EventSize);
        int count;
        fixed (byte* raw = _raw)
        {
            count = Wait(_descriptor, raw, maximum, milliseconds);
        }

        if (count < 0)
        {
            return NativeError.Last == Errno.EINTR ? 0 : throw new NativeException("epoll_wait", NativeError.Last);
        }

        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> raw = _raw.AsSpan(i * EventSize, EventSize);
            events[i] = new EpollEvent(
                (EpollEvents)BinaryPrimitives.ReadUInt32LittleEndian(raw),
                BinaryPrimitives.ReadUInt64LittleEndian(raw[DataOffset..]));
        }

        return count;
    }

    public void Dispose() => _descriptor.Dispose();

    private void Control(int operation, int descriptor, EpollEvents events, ulong data)
    {
        byte* raw = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(new Span<byte>(raw, 4), (uint)events);
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(raw + DataOffset, 8), data);
        _ = NativeError.Check(Control(_descriptor, operation, descriptor, raw), "epoll_ctl");
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(SafeDescriptor epoll, int operation, int descriptor, byte* raw);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(SafeDescriptor epoll, byte* raw, int maximum, int milliseconds);
}
