using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>A channel that counts how often something was sent on it.</summary>
internal sealed class CountingChannel(FrameChannel channel) : FrameChannel
{
    private int _sends;

    internal int Sends => Volatile.Read(ref _sends);

    public override PeerIdentity Peer => channel.Peer;

    public override int MaximumFrameLength => channel.MaximumFrameLength;

    public override bool CanPoll => channel.CanPoll;

    public override bool IsInsideFrame => channel.IsInsideFrame;

    public override Exception? CloseReason => channel.CloseReason;

    public override void Start(IChannelEvents events) => channel.Start(events);

    public override int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        _ = Interlocked.Increment(ref _sends);
        return channel.TrySend(first, second);
    }

    public override ReceiveStatus Receive(IFrameSink sink) => channel.Receive(sink);

    public override void ArmReadable() => channel.ArmReadable();

    public override void ArmWritable() => channel.ArmWritable();

    public override bool WaitReadable(int milliseconds) => channel.WaitReadable(milliseconds);

    public override void Interrupt() => channel.Interrupt();

    public override void Close(Exception reason) => channel.Close(reason);
}
