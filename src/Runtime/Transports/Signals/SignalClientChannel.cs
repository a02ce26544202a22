using Contracts.Ipc.Native;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Transports.Signals;

/// <summary>A client's end: each one-way call becomes one signal to the process that the record names.</summary>
/// <remarks>
/// The process is held by a descriptor, so that no later process with its number is ever hit, and the record is looked at before each signal: a server that has stopped listening gets none.
/// </remarks>
internal sealed class SignalClientChannel : SignalChannel
{
    private const byte NoArguments = 0x90;

    /// <summary>How long to wait before a full queue is tried again: the kernel announces no room.</summary>
    private const int FirstPause = 1;
    private const int LongestPause = 16;

    private readonly SignalRecord _record;
    private readonly SignalRecordFile _file;
    private readonly SafeDescriptor? _process;
    private readonly Dictionary<ulong, int> _signals;
    private ProcessWatch? _watch;
    private int _pause = FirstPause;

    private SignalClientChannel(SignalRecord record, SignalRecordFile file, SafeDescriptor? process, PeerIdentity peer, int maximumFrameLength)
        : base(maximumFrameLength)
    {
        _record = record;
        _file = file;
        _process = process;
        _signals = record.Signals.ToDictionary(static entry => entry.Method.Id, static entry => entry.Signal);
        Peer = peer;
    }

    public override PeerIdentity Peer { get; }

    /// <summary>Makes the channel. It owns file and descriptor from now on.</summary>
    /// <param name="record">What the server says of itself.</param>
    /// <param name="file">The record's file.</param>
    /// <param name="process">Stands for the server's process; null where there are no such descriptors.</param>
    /// <param name="peer">Whose process it is.</param>
    /// <param name="maximumFrameLength">For what the session sends.</param>
    public static SignalClientChannel Create(SignalRecord record, SignalRecordFile file, SafeDescriptor? process, PeerIdentity peer, int maximumFrameLength)
    {
        SignalClientChannel channel = new(record, file, process, peer, maximumFrameLength);
        channel._watch = ProcessWatch.Start(record.Process, () => channel.EndOfPeer(TransportError.PeerLost("the server process has ended")));
        return channel;
    }

    public override IpcException? Objection(ulong method)
    {
        if (!_signals.ContainsKey(method))
        {
            return SignalError.NotOffered(method);
        }

        if (IsServerListening())
        {
            return null;
        }

        // As if the server had said that it closes.
        Answer(new FrameHeader(FrameKind.GoAway, FrameFlags.None, 0, 0));
        EndOfPeer(SignalError.ServerClosed());
        return SignalError.ServerClosed();
    }

    public override void ArmWritable()
    {
        _ = AnnounceRoomAsync(_pause);
        _pause = Math.Min(2 * _pause, LongestPause);
    }

    private protected override bool TrySendFrame(FrameHeader header, ReadOnlySpan<byte> frame)
    {
        switch (header.Kind)
        {
            case FrameKind.Hello:
                Answer(_record.Welcome[FrameHeader.PrefixLength..]);
                return true;
            case FrameKind.Call when (header.Flags & FrameFlags.OneWay) != 0:
                return TrySignal(header, frame);
            case FrameKind.Call:
                Answer(Refusal(header.CallId, SignalError.NotASignal(NameOf(header.MethodId), "it is not one-way")));
                return true;
            case FrameKind.GoAway when header.CallId == 0:
                Answer(new FrameHeader(FrameKind.GoAway, FrameFlags.None, CallId: 1, 0));
                return true;
            case FrameKind.Ping:
                // The pidfd would have told: the process lives, which is all that can be known.
                Answer(new FrameHeader(FrameKind.Pong, FrameFlags.None, header.CallId, header.MethodId));
                return true;
            default:
                return true;
        }
    }

    private protected override void OnClosed()
    {
        _watch?.Dispose();
        _process?.Dispose();
        _file.Dispose();
    }

    private bool TrySignal(FrameHeader header, ReadOnlySpan<byte> frame)
    {
        if (!_signals.TryGetValue(header.MethodId, out int signal))
        {
            throw SignalError.NotOffered(header.MethodId);
        }

        if (FrameBlocks.Read(header, frame[FrameHeader.PrefixLength..]).Payload is not [NoArguments])
        {
            throw SignalError.NotASignal(NameOf(header.MethodId), "it has parameters");
        }

        switch (Send(signal))
        {
            case SignalOutcome.Queued:
                _pause = FirstPause;
                return true;
            case SignalOutcome.Full:
                return false;
            default:
                throw SignalError.ServerEnded();
        }
    }

    private SignalOutcome Send(int signal)
    {
        try
        {
            // Without a descriptor another process might have the number by now.
            return _process is null && !_record.Process.IsAlive()
                ? SignalOutcome.Gone
                : RealTimeSignals.TrySend(_process, (int)_record.Process.Id, signal);
        }
        catch (ObjectDisposedException)
        {
            throw TransportError.Closed(CloseReason!);
        }
        catch (NativeException error) when (error.Errno == Errno.EPERM)
        {
            throw SignalError.MayNotSend((int)_record.Process.Id, error);
        }
    }

    private async Task AnnounceRoomAsync(int milliseconds)
    {
        await Task.Delay(milliseconds).ConfigureAwait(false);
        AnnounceRoom();
    }

    private bool IsServerListening()
    {
        try
        {
            return _file.IsOpen();
        }
        catch (ObjectDisposedException)
        {
            // This side is closed, which the session says better.
            return true;
        }
    }

    private string NameOf(ulong method)
    {
        foreach ((_, SignalMethod known) in _record.Signals)
        {
            if (known.Id == method)
            {
                return known.FullName;
            }
        }

        return $"Method 0x{method:X16}";
    }

    private static byte[] Refusal(uint callId, IpcException reason)
    {
        using var buffer = new PooledBuffer();
        buffer.Reset(FrameHeader.Length);
        var writer = new MessagePackWriter(buffer);
        FaultMessage.Write(ref writer, reason.Code, reason.Message);
        writer.Flush();
        new FrameHeader(FrameKind.Fault, FrameFlags.None, callId, 0).Write(buffer.WrittenSpan);
        return buffer.WrittenSpan.ToArray();
    }
}
