using System.Collections.Immutable;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Transports.Signals;

/// <summary>The server's end: all clients are one peer here, because a signal does not tell who sent it.</summary>
/// <remarks>
/// It greets the session as a client would, and takes the Welcome with which the session answers as the word to publish: from then on signals are calls. Each signal is counted, so that
/// any number of them costs no memory, and becomes a frame when the session takes it.
/// </remarks>
internal sealed class SignalServerChannel : SignalChannel
{
    /// <summary>One-way calls have no slot among those that wait for answers.</summary>
    private const uint OneWayCallId = 0xFFFF;

    private const byte NoArguments = 0x90;

    private readonly TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<byte[], SignalRecordFile> _publish;
    private readonly Action _ended;
    private readonly byte[][] _calls;
    private readonly int[] _arrived;
    private SignalRecordFile? _record;
    private int _next;
    private int _waiting;
    private bool _takesCalls;
    private bool _admits = true;

    /// <param name="methods">What the signals stand for, in the order of their numbers.</param>
    /// <param name="publish">Makes the record from the Welcome.</param>
    /// <param name="ended">Runs when the channel has closed.</param>
    /// <param name="maximumFrameLength">For what the session sends.</param>
    public SignalServerChannel(IReadOnlyList<SignalMethod> methods, Func<byte[], SignalRecordFile> publish, Action ended, int maximumFrameLength)
        : base(maximumFrameLength)
    {
        _publish = publish;
        _ended = ended;
        _calls = [.. methods.Select(static method => CallOf(method))];
        _arrived = new int[_calls.Length];
        Answer(Hello(maximumFrameLength));
    }

    /// <summary>Nobody in particular: the kernel admits processes of this user.</summary>
    public override PeerIdentity Peer { get; } = new(UserId: Native.Files.EffectiveUserId);

    /// <summary>Completes when clients can find the record; with an exception if the session refused to greet.</summary>
    public Task Published => _published.Task;

    /// <summary>Completes when the channel has ended.</summary>
    public Task Closed => _closed.Task;

    /// <summary>New clients do not find the server any more; those that have its record go on.</summary>
    public void StopAdmitting()
    {
        lock (Gate)
        {
            _admits = false;
            Quietly(static record => record.Withdraw());
        }
    }

    /// <summary>A signal came: the one with this index. From any thread.</summary>
    public void OnSignal(int index)
    {
        lock (Gate)
        {
            if (!_takesCalls)
            {
                return;
            }

            _arrived[index]++;
            _waiting++;
        }

        Notify();
    }

    private protected override bool HasSignal => _waiting > 0;

    /// <summary>Takes the methods in turn, so that many signals of one do not hold up those of another.</summary>
    private protected override byte[]? TakeSignal()
    {
        for (int i = 0; _waiting > 0 && i < _arrived.Length; i++)
        {
            int index = (_next + i) % _arrived.Length;
            if (_arrived[index] > 0)
            {
                _arrived[index]--;
                _waiting--;
                _next = index + 1;
                return _calls[index];
            }
        }

        return null;
    }

    private protected override bool TrySendFrame(FrameHeader header, ReadOnlySpan<byte> frame)
    {
        switch (header.Kind)
        {
            case FrameKind.Welcome:
                Publish(frame.ToArray());
                break;
            case FrameKind.GoAway:
                // Clients send nothing more; what has come is received before this answer.
                Withdraw();
                Answer(new FrameHeader(FrameKind.GoAway, FrameFlags.None, CallId: 1, 0));
                break;
            case FrameKind.Ping:
                Answer(new FrameHeader(FrameKind.Pong, FrameFlags.None, header.CallId, header.MethodId));
                break;
        }

        // All else would be for a peer that does not listen.
        return true;
    }

    private protected override void OnClosed()
    {
        Withdraw();
        lock (Gate)
        {
            _takesCalls = false;
            _waiting = 0;
        }

        // Before it was published: the session could not greet, and says why.
        _ = _published.TrySetException(CloseReason!);
        _ended();
        _ = _closed.TrySetResult();
    }

    private void Publish(byte[] welcome)
    {
        try
        {
            lock (Gate)
            {
                if (CloseReason is not null || !_admits)
                {
                    return;
                }

                // First the readiness, then the word: whoever reads the record may send at once.
                _takesCalls = true;
                _record = _publish(welcome);
            }

            _ = _published.TrySetResult();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Close(cause);
        }
    }

    /// <summary>Nobody sends any more.</summary>
    private void Withdraw()
    {
        lock (Gate)
        {
            Quietly(static record => record.Withdraw());
            Quietly(static record => record.MarkGone());
            _record?.Dispose();
            _record = null;
        }
    }

    private void Quietly(Action<SignalRecordFile> action)
    {
        try
        {
            if (_record is not null)
            {
                action(_record);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The directory is gone or read-only now. The record then speaks of a process that has ended, or catches its signals and forgets them.
        }
    }

    private static byte[] CallOf(SignalMethod method)
    {
        byte[] frame = new byte[FrameHeader.Length + 1];
        new FrameHeader(FrameKind.Call, FrameFlags.OneWay, OneWayCallId, method.Id).Write(frame);
        frame[^1] = NoArguments;
        return frame;
    }

    private static byte[] Hello(int maximumFrameLength)
    {
        using var buffer = new PooledBuffer();
        buffer.Reset(FrameHeader.Length);
        var writer = new MessagePackWriter(buffer);
        Handshake.Write(ref writer, new Greeting
        {
            Name = "signals",
            MaximumFrameLength = maximumFrameLength,
            MaximumMessageLength = maximumFrameLength,
            InstanceId = 0,
            Services = ImmutableArray<OfferedService>.Empty,
        });
        writer.Flush();
        Handshake.Header(FrameKind.Hello).Write(buffer.WrittenSpan);
        return buffer.WrittenSpan.ToArray();
    }
}
