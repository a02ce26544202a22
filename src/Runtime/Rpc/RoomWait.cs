using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Rpc;

/// <summary>One caller's wait for room, over all its attempts: until its deadline, or as long as the options let calls wait for a full transport, whichever is shorter.</summary>
internal readonly struct RoomWait
{
    private readonly IpcMethod _method;
    private readonly long _started;
    private readonly int _milliseconds;
    private readonly bool _isBounded;

    private RoomWait(Session session, IpcMethod method, int deadline)
    {
        Session = session;
        _method = method;
        _started = Environment.TickCount64;
        _isBounded = session.RefusesWhenFull && (uint)session.FullTimeoutMilliseconds < (uint)deadline;
        _milliseconds = _isBounded ? session.FullTimeoutMilliseconds : deadline;
    }

    internal Session Session { get; }

    /// <summary>The wait of a call that found no room: begins with the first attempt that did.</summary>
    internal static RoomWait Of(RoomWait? begun, IpcProxyTarget target, IpcMethod method) => begun ?? new RoomWait(target.Session, method, target.TimeoutFor(method));

    /// <summary>How many milliseconds are left, or <see cref="Timeout.Infinite"/>.</summary>
    /// <exception cref="TimeoutException">None, and the call's deadline has passed.</exception>
    /// <exception cref="IpcResourceExhaustedException">None, and calls may not wait longer.</exception>
    internal int Remaining()
    {
        if (_milliseconds == Timeout.Infinite)
        {
            return Timeout.Infinite;
        }

        long left = _milliseconds - (Environment.TickCount64 - _started);
        return left > 0 ? (int)left : throw Over();
    }

    /// <summary>What the caller gets when there was no room in time.</summary>
    internal Exception Over() => _isBounded
        ? RpcError.Full(_method, Session.EndpointText, _milliseconds)
        : RpcError.NoRoom(_method, Session.Outbox.QueuedBytes);
}
