namespace Contracts.Ipc.Transports;

/// <summary>
/// One connection as a carrier of frames: the seam between the session above and the kernel mechanism below.
/// </summary>
/// <remarks>
/// <para>A channel never blocks in <see cref="TrySend(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> or <see cref="Receive"/>;
/// whoever has to wait arms a readiness event or calls <see cref="WaitReadable"/>.</para>
/// <para>Threads: at most one thread is in <see cref="Receive"/> or <see cref="WaitReadable"/> (the holder of the session's
/// receive lease), and at most one in <c>TrySend</c> (the holder of its send lock); the two may run at once. <c>Arm…</c>,
/// <see cref="Interrupt"/> and <see cref="Close"/> may be called from anywhere at any time.</para>
/// <para>Receive state lives in this object, never on a stack: a frame is taken out of the state before the sink runs, because
/// the sink may lose the lease to another thread which then goes on receiving.</para>
/// </remarks>
internal abstract class FrameChannel
{
    /// <summary>Who is on the other side.</summary>
    public abstract PeerIdentity Peer { get; }

    /// <summary>Largest frame, header included and length prefix not, that may be given to <c>TrySend</c>.</summary>
    public abstract int MaximumFrameLength { get; }

    /// <summary>
    /// Whether polling <see cref="Receive"/> in a loop can find frames that no event has announced. Where it cannot, nobody spins.
    /// </summary>
    public abstract bool CanPoll { get; }

    /// <summary>How many polls take about a microsecond: so often the clock is read while a thread polls.</summary>
    public virtual int PollsPerMicrosecond => 4;

    /// <summary>Whether a send is but a copy, without a system call: then nothing is gained by collecting frames for one send.</summary>
    public virtual bool IsSendCheap => false;

    /// <summary>
    /// Whether <see cref="Receive"/> may find something: a quick look without the lease, for the reactor's thread alone. True where there is no quick look.
    /// </summary>
    public virtual bool MayReceive() => true;

    /// <summary>Why a one-way call of this method cannot be made now, or null: for channels that know what their peer takes.</summary>
    public virtual IpcException? Objection(ulong method) => null;

    /// <summary>Why the channel is closed, or null while it is open.</summary>
    public abstract Exception? CloseReason { get; }

    /// <summary>Whether bytes of an unfinished frame are held: a peer that stays so does not keep to the protocol. For the holder of the lease; a hint to others.</summary>
    public abstract bool IsInsideFrame { get; }

    /// <summary>
    /// Where events go; set once, before the first <c>Arm…</c>. Events are raised on the reactor's thread or a pool thread, never
    /// from inside a call to this channel.
    /// </summary>
    public abstract void Start(IChannelEvents events);

    /// <summary>
    /// Takes as many bytes as fit without waiting of <paramref name="first"/> followed by <paramref name="second"/>, which
    /// together are whole frames, each with its u32 little-endian length prefix, or what an earlier call left of them.
    /// </summary>
    /// <returns>
    /// How many bytes were taken; less than all when the transport is full. A message transport takes whole frames only.
    /// </returns>
    /// <exception cref="IpcConnectionException">The channel is closed.</exception>
    public abstract int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>Takes what is ready and gives it to the sink frame by frame, without waiting.</summary>
    /// <param name="sink">Gets each frame, header included, length prefix not.</param>
    /// <exception cref="IpcProtocolException">
    /// What came is not a frame. The channel stays open for sending, so that the peer can be told; whoever receives closes it.
    /// </exception>
    public abstract ReceiveStatus Receive(IFrameSink sink);

    /// <summary>Asks for one <see cref="IChannelEvents.OnReadable"/> as soon as there is something to receive, or now if there is.</summary>
    public abstract void ArmReadable();

    /// <summary>Asks for one <see cref="IChannelEvents.OnWritable"/> as soon as there is room to send, or now if there is.</summary>
    public abstract void ArmWritable();

    /// <summary>Blocks the calling thread until there is something to receive, the channel closes, or somebody calls <see cref="Interrupt"/>.</summary>
    /// <param name="milliseconds">How long at most; -1 for no bound.</param>
    /// <returns>False when the time passed.</returns>
    public abstract bool WaitReadable(int milliseconds);

    /// <summary>Ends the current or the next <see cref="WaitReadable"/>.</summary>
    public abstract void Interrupt();

    /// <summary>
    /// Ends the channel: the peer sees it at once, and its kernel objects are released as soon as no thread is inside a call.
    /// Idempotent; the first reason stays.
    /// </summary>
    public abstract void Close(Exception reason);
}

/// <summary>What a call of <see cref="FrameChannel.Receive"/> found.</summary>
internal enum ReceiveStatus
{
    /// <summary>Nothing was ready.</summary>
    Empty,

    /// <summary>At least one frame was delivered, or bytes of an unfinished one came; there may be more.</summary>
    Received,

    /// <summary>The sink asked to stop, because the lease is gone. The caller must not touch the channel again.</summary>
    Stopped,

    /// <summary>The channel has ended; <see cref="FrameChannel.CloseReason"/> says why. Frames that came before were delivered.</summary>
    Closed,
}

/// <summary>Gets the frames of one channel.</summary>
internal interface IFrameSink
{
    /// <summary>
    /// Handles one frame. The span is valid until the sink either returns or lets go of the lease, whichever is first.
    /// </summary>
    /// <returns>False if this thread no longer holds the lease: the channel must return at once and touch nothing.</returns>
    bool OnFrame(ReadOnlySpan<byte> frame);
}

/// <summary>Gets the readiness events of one channel.</summary>
internal interface IChannelEvents
{
    /// <summary>There is something to receive. Disarmed until armed again.</summary>
    void OnReadable();

    /// <summary>There is room to send. Disarmed until armed again.</summary>
    void OnWritable();

    /// <summary>The kernel reported the peer's end. Frames that it had sent may still be received. Needs no arming.</summary>
    void OnPeerClosed();
}
