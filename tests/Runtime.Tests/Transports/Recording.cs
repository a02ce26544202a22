using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>Keeps a copy of every frame; asks to stop when told.</summary>
internal sealed class RecordingSink : IFrameSink
{
    public List<byte[]> Frames { get; } = [];

    /// <summary>After how many further frames to ask for a stop.</summary>
    public int StopAfter { get; set; } = int.MaxValue;

    public bool OnFrame(ReadOnlySpan<byte> frame)
    {
        Frames.Add(frame.ToArray());
        return --StopAfter > 0;
    }
}

/// <summary>Lets a test wait for the events of a channel.</summary>
internal sealed class RecordingEvents : IChannelEvents
{
    public SemaphoreSlim Readable { get; } = new(0);

    public SemaphoreSlim Writable { get; } = new(0);

    public SemaphoreSlim PeerClosed { get; } = new(0);

    public void OnReadable() => Readable.Release();

    public void OnWritable() => Writable.Release();

    public void OnPeerClosed() => PeerClosed.Release();
}

/// <summary>Frames with contents that tell them apart.</summary>
internal static class Frames
{
    /// <summary>A frame with its length prefix, filled from its seed.</summary>
    public static byte[] Prefixed(int length, int seed = 0)
    {
        byte[] bytes = new byte[4 + length];
        new Random(seed).NextBytes(bytes);
        BitConverter.TryWriteBytes(bytes, length);

        // No kind, flags and priority: queues bring frames in the order of their priorities.
        bytes.AsSpan(4, Math.Min(4, length)).Clear();
        return bytes;
    }

    /// <summary>What arrived is what was sent, prefixes removed. (Megabytes: Assert.Equal would compare them boxed, byte by byte.)</summary>
    public static void AssertSame(byte[][] sent, List<byte[]> received)
    {
        Assert.Equal(sent.Length, received.Count);
        for (int i = 0; i < sent.Length; i++)
        {
            Assert.True(sent[i].AsSpan(4).SequenceEqual(received[i]), $"frame {i} arrived changed");
        }
    }
}
