using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>A control socket during the handshake: waits for the other side's 64 bytes without a thread.</summary>
internal sealed class ControlSocket : IReadinessHandler, IDisposable
{
    private readonly SafeDescriptor _socket;
    private readonly SemaphoreSlim _ready = new(0, 1);
    private readonly ReactorRegistration _registration;

    /// <param name="socket">The caller's; outlives this object.</param>
    public ControlSocket(SafeDescriptor socket)
    {
        _socket = socket;
        _registration = Reactor.Shared.Register(socket.Number, this);
    }

    /// <summary>Sends this side's part; it always fits into a socket that nothing was sent on.</summary>
    /// <returns>False if the other side is gone.</returns>
    public static bool TrySend(SafeDescriptor socket, RingHandshake handshake, SafeDescriptor? segment)
    {
        byte[] bytes = handshake.ToBytes();
        int sent = segment is null
            ? SocketIO.Send(socket.Number, bytes, default)
            : DescriptorPassing.Send(socket, bytes, segment);
        return sent == bytes.Length;
    }

    /// <summary>Waits for the other side's part.</summary>
    /// <returns>Null if the other side closed the connection before.</returns>
    public async ValueTask<(RingHandshake Handshake, SafeDescriptor? Segment)?> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[RingHandshake.Length];
        SafeDescriptor? segment = null;
        int received = 0;
        try
        {
            while (received < bytes.Length)
            {
                int count = DescriptorPassing.Receive(_socket, bytes.AsSpan(received), out SafeDescriptor? descriptor);
                segment = Keep(segment, descriptor);
                if (count > 0)
                {
                    received += count;
                }
                else if (-count is Errno.EAGAIN or Errno.EINTR)
                {
                    _registration.ArmReadable();
                    await _ready.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    return null;
                }
            }

            (RingHandshake, SafeDescriptor?) result = (RingHandshake.Read(bytes), segment);
            segment = null;
            return result;
        }
        finally
        {
            segment?.Dispose();
        }
    }

    /// <summary>Stops watching; the socket stays open.</summary>
    public void Dispose() => _registration.Remove();

    void IReadinessHandler.OnReady(Readiness readiness)
    {
        if (_ready.CurrentCount == 0)
        {
            _ = _ready.Release();
        }
    }

    private static SafeDescriptor? Keep(SafeDescriptor? first, SafeDescriptor? second)
    {
        if (first is null)
        {
            return second;
        }

        second?.Dispose();
        return first;
    }
}
