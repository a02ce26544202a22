using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace Contracts.Ipc.SharedMemory;

/// <summary>
/// The lock of a segment, held by this thread until it is disposed. What is done to <see cref="Value"/> meanwhile is published then, as a whole.
/// </summary>
/// <typeparam name="T">The struct in the segment.</typeparam>
/// <remarks>
/// A ref struct: it can neither cross an await nor be handed to another thread, because the lock belongs to the thread that took it. Readers are
/// not disturbed while it is held; they see the value that was published last.
/// </remarks>
[SupportedOSPlatform("linux")]
public readonly ref struct SharedSegmentGuard<T> : IDisposable
    where T : unmanaged, ISharedLayout<T>
{
    private readonly SharedSegment<T>? _segment;
    private readonly long _ticket;
    private readonly StrongBox<T>? _leftBehind;

    internal SharedSegmentGuard(SharedSegment<T> segment, long ticket, StrongBox<T>? leftBehind)
    {
        _segment = segment;
        _ticket = ticket;
        _leftBehind = leftBehind;
    }

    /// <summary>
    /// Whether the last holder ended without giving the lock back: killed, crashed, or its thread ended. Reported to the next holder, once.
    /// </summary>
    /// <remarks>Nobody has seen anything of its work, and <see cref="Value"/> starts from what was published before. What it had done so far is in <see cref="LeftBehind"/>.</remarks>
    public bool WasAbandoned => _leftBehind is not null;

    /// <summary>What the holder that died had made of the value by then: any part of its change. To repair from, or to learn how far it came.</summary>
    /// <exception cref="InvalidOperationException">The last holder gave the lock back (<see cref="WasAbandoned"/> is false).</exception>
    public ref readonly T LeftBehind
    {
        get
        {
            if (_leftBehind is null)
            {
                throw Segments.SegmentError.NotAbandoned(Segment.Name);
            }

            return ref _leftBehind.Value;
        }
    }

    /// <summary>The value that all readers see now. Looking at it does not publish anything.</summary>
    public unsafe ref readonly T Published => ref *(T*)Segment.LatchOf(_ticket).Current;

    /// <summary>The value to change, in place. Starts as <see cref="Published"/>; who has touched it publishes it with <see cref="Dispose"/>.</summary>
    public unsafe ref T Value => ref *Segment.Working(_ticket);

    /// <summary>Forgets all changes: disposing publishes nothing, unless <see cref="Value"/> is touched again.</summary>
    public void Discard() => Segment.Discard(_ticket);

    /// <summary>Publishes <see cref="Value"/> if it was touched, wakes who waits for a change, and gives the lock back.</summary>
    public void Dispose() => _segment?.Unlock(_ticket);

    private SharedSegment<T> Segment => _segment ?? throw new InvalidOperationException("This guard holds no lock: the attempt to take it failed.");
}
