using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net.Sockets;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Integration.Tests.Hostile;

/// <summary>A peer that is a bare socket: it can send any bytes, in any order, or none.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket;

    internal RawPeer(Socket socket)
    {
        _socket = socket;
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)Harness.Within.Patience.TotalMilliseconds;
    }

    internal Socket Socket => _socket;

    internal static RawPeer Connect(IpcEndpoint endpoint)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(SocketPath.Of(endpoint.Address)));
        return new RawPeer(socket);
    }

    /// <summary>A whole frame with its length prefix.</summary>
    internal static byte[] Frame(FrameKind kind, FrameFlags flags, uint callId, ulong methodId, params ReadOnlySpan<byte> rest)
    {
        byte[] frame = new byte[4 + FrameHeader.Length + rest.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - 4);
        new FrameHeader(kind, flags, callId, methodId).Write(frame.AsSpan(4));
        rest.CopyTo(frame.AsSpan(4 + FrameHeader.Length));
        return frame;
    }

    internal static byte[] Hello() => Hello(Handshake.Header(FrameKind.Hello));

    internal static byte[] Hello(FrameHeader header, params ReadOnlySpan<OfferedService> services)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        Handshake.Write(ref writer, new Greeting
        {
            Name = "raw",
            MaximumFrameLength = 64 * 1024,
            MaximumMessageLength = 1 << 24,
            InstanceId = 0,
            Services = [.. services],
        });
        writer.Flush();
        return Frame(header.Kind, header.Flags, header.CallId, header.MethodId, buffer.WrittenSpan);
    }

    internal static byte[] Call(uint id, ulong method, int argument, FrameFlags flags = FrameFlags.None)
        => Frame(FrameKind.Call, flags, id, method, 0x91, 0xD2, (byte)(argument >> 24), (byte)(argument >> 16), (byte)(argument >> 8), (byte)argument);

    internal void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>Sends as long as the server takes it and has not closed.</summary>
    /// <returns>Whether everything went out.</returns>
    internal bool TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Send(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A handshake in good order.</summary>
    internal RawPeer Greet()
    {
        Send(Hello());
        (FrameHeader header, _) = Receive() ?? throw new InvalidOperationException("The server closed instead of welcoming.");
        Assert.Equal(FrameKind.Welcome, header.Kind);
        return this;
    }

    /// <returns>The next frame, or null at the end.</returns>
    internal (FrameHeader Header, byte[] Payload)? Receive()
    {
        byte[] prefix = new byte[4];
        if (!Fill(prefix))
        {
            return null;
        }

        byte[] frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(prefix)];
        return Fill(frame) ? (FrameHeader.Read(frame), frame[FrameHeader.Length..]) : null;
    }

    /// <summary>Reads to the end.</summary>
    /// <returns>The sentence with which the server closed, or null if it said nothing.</returns>
    internal string? LastWords()
    {
        string? words = null;
        while (Receive() is var (header, payload))
        {
            if (header.Kind is FrameKind.Goodbye or FrameKind.Reject)
            {
                words = FaultMessage.Read(payload, []).Message;
            }
        }

        return words;
    }

    public void Dispose() => _socket.Dispose();

    private bool Fill(Span<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                int count = _socket.Receive(bytes);
                if (count == 0)
                {
                    return false;
                }

                bytes = bytes[count..];
            }

            return true;
        }
        catch (SocketException end) when (end.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            return false;
        }
    }
}
