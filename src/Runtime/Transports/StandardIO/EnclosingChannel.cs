namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>A channel that passes everything on to another one; what derives from it changes how it ends.</summary>
internal abstract class EnclosingChannel(FrameChannel inner) : FrameChannel
{
    public override PeerIdentity Peer => inner.Peer;

    public override int MaximumFrameLength => inner.MaximumFrameLength;

    public override bool CanPoll => inner.CanPoll;

    public override int PollsPerMicrosecond => inner.PollsPerMicrosecond;

    public override bool IsSendCheap => inner.IsSendCheap;

    public override Exception? CloseReason => inner.CloseReason;

    public override bool IsInsideFrame => inner.IsInsideFrame;

    protected FrameChannel Inner => inner;

    public override bool MayReceive() => inner.MayReceive();

    public override void Start(IChannelEvents events) => inner.Start(events);

    public override int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => inner.TrySend(first, second);

    public override ReceiveStatus Receive(IFrameSink sink) => inner.Receive(sink);

    public override void ArmReadable() => inner.ArmReadable();

    public override void ArmWritable() => inner.ArmWritable();

    public override bool WaitReadable(int milliseconds) => inner.WaitReadable(milliseconds);

    public override void Interrupt() => inner.Interrupt();

    public override void Close(Exception reason) => inner.Close(reason);
}
