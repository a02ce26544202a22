using System.Diagnostics;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>Two connected channels and their listener.</summary>
internal sealed class ChannelPair : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TransportUnderTest _transport;

    private ChannelPair(TransportUnderTest transport, ChannelListener listener, FrameChannel client, FrameChannel server)
    {
        _transport = transport;
        Listener = listener;
        Client = client;
        Server = server;
    }

    public ChannelListener Listener { get; }

    public FrameChannel Client { get; }

    public FrameChannel Server { get; }

    public RecordingEvents ClientEvents { get; } = new();

    public RecordingEvents ServerEvents { get; } = new();

    public static async Task<ChannelPair> ConnectAsync(string transport, int maximumFrameLength = 64 * 1024)
    {
        TransportUnderTest test = TransportUnderTest.Create(transport);
        TransportOptions options = new() { MaximumFrameLength = maximumFrameLength };
        ChannelListener listener = await test.Transport.ListenAsync(test.Endpoint, options, default);
        Task<FrameChannel?> accept = listener.AcceptAsync(default).AsTask();
        FrameChannel client = await test.Transport.ConnectAsync(test.Client, options, default).AsTask().WaitAsync(Patience);
        FrameChannel? server = await accept.WaitAsync(Patience);
        ChannelPair pair = new(test, listener, client, server!);
        pair.Client.Start(pair.ClientEvents);
        pair.Server.Start(pair.ServerEvents);
        return pair;
    }

    /// <summary>Sends everything, waiting for room where there is none.</summary>
    public static async Task SendAsync(FrameChannel channel, RecordingEvents events, ReadOnlyMemory<byte> bytes)
    {
        while (true)
        {
            bytes = bytes[channel.TrySend(bytes.Span, default)..];
            if (bytes.IsEmpty)
            {
                return;
            }

            channel.ArmWritable();
            Assert.True(await events.Writable.WaitAsync(Patience), "the channel never became writable");
        }
    }

    /// <summary>Receives on this thread until so many frames have come in all.</summary>
    public static void ReceiveFrames(FrameChannel channel, RecordingSink sink, int count)
    {
        long started = Stopwatch.GetTimestamp();
        while (sink.Frames.Count < count)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"only {sink.Frames.Count} of {count} frames came");
            switch (channel.Receive(sink))
            {
                case ReceiveStatus.Empty:
                    _ = channel.WaitReadable(1000);
                    break;
                case ReceiveStatus.Closed:
                    Assert.Fail($"closed after {sink.Frames.Count} of {count} frames: {channel.CloseReason?.Message}");
                    break;
            }
        }
    }

    /// <summary>Receives on this thread until the channel says that it is closed.</summary>
    public static Exception ReceiveToEnd(FrameChannel channel, RecordingSink sink)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "the end never came");
            switch (channel.Receive(sink))
            {
                case ReceiveStatus.Empty:
                    _ = channel.WaitReadable(1000);
                    break;
                case ReceiveStatus.Closed:
                    return channel.CloseReason!;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Close(new IpcConnectionException("The test is over."));
        Server.Close(new IpcConnectionException("The test is over."));
        await Listener.DisposeAsync();
        _transport.Dispose();
    }
}
