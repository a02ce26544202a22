namespace Contracts.Ipc.Transports;

/// <summary>Whether a channel is closed, and who is still inside: its descriptor and memory must not be given back before the last one has left.</summary>
/// <remarks>
/// <para>A SafeHandle would prove that with two interlocked operations per call. But each kind of use has one thread at a time (see <see cref="FrameChannel"/>), so a
/// plain flag for each will do: who begins stores its flag and loads the reason, and the processor may reorder the two. <see cref="ShutDown"/> makes up for it with a
/// barrier in every thread of the process, because closing is rare and calls are not.</para>
/// <para>Every <c>Begin…</c> is followed by its <c>End…</c>, whatever it answered. A field of this type must not be readonly.</para>
/// </remarks>
internal struct ChannelUse
{
    private Exception? _closeReason;
    private bool _sending;
    private bool _receiving;
    private bool _looking;
    private bool _shutDown;

    /// <summary>Why the channel is closed, or null.</summary>
    public readonly Exception? CloseReason => Volatile.Read(in _closeReason);

    /// <summary>The holder of the send lock is about to use the channel. False if it is closed: then it must not.</summary>
    public bool BeginSend() => Begin(ref _sending);

    /// <summary>The holder of the lease is about to use the channel. False if it is closed: then it must not.</summary>
    public bool BeginReceive() => Begin(ref _receiving);

    /// <summary>The reactor is about to look, without the lease. False if the channel is closed: then it must not.</summary>
    public bool BeginLook() => Begin(ref _looking);

    /// <returns>Whether the channel is closed: then see <see cref="IsOver"/>.</returns>
    public bool EndSend() => End(ref _sending);

    /// <inheritdoc cref="EndSend"/>
    public bool EndReceive() => End(ref _receiving);

    /// <inheritdoc cref="EndSend"/>
    public bool EndLook() => End(ref _looking);

    /// <summary>Closes the channel to those who come from now on.</summary>
    /// <returns>False if it was closed already; the first reason stays.</returns>
    public bool TryClose(Exception reason) => Interlocked.CompareExchange(ref _closeReason, reason, null) is null;

    /// <summary>After <see cref="TryClose"/>, and after those who are inside have been called away: from now on the last one to leave finds that it is the last.</summary>
    public void ShutDown()
    {
        // After it, a thread that did not see the reason has its flag visible here. Nobody looks at the flags before _shutDown is set.
        Interlocked.MemoryBarrierProcessWide();
        Volatile.Write(ref _shutDown, true);
    }

    /// <summary>Whether the channel is shut down and nobody is inside. Of those who leave at once more than one may see it.</summary>
    public readonly bool IsOver()
    {
        // The caller's store (its flag cleared, or _shutDown set) must not pass the loads below (StoreLoad): of two threads that come here at once, at least one
        // then sees the other's store.
        Interlocked.MemoryBarrier();
        return Volatile.Read(in _shutDown) && !Volatile.Read(in _receiving) && !Volatile.Read(in _sending) && !Volatile.Read(in _looking);
    }

    private readonly bool Begin(ref bool flag)
    {
        Volatile.Write(ref flag, true);
        return CloseReason is null;
    }

    private readonly bool End(ref bool flag)
    {
        Volatile.Write(ref flag, false);
        return CloseReason is not null;
    }
}
