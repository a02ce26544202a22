using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

public sealed class PooledBufferTests
{
    [Fact]
    public void A_message_is_written_behind_room_for_its_header()
    {
        using var buffer = new PooledBuffer();
        buffer.Reset(16);
        var writer = new MessagePackWriter(buffer);
        writer.Write(5);
        writer.Flush();
        Assert.Equal(17, buffer.WrittenCount);
        Assert.Equal(5, buffer.WrittenSpan[16]);
    }

    [Fact]
    public void Growing_keeps_what_was_written()
    {
        using var buffer = new PooledBuffer(16);
        byte[] bytes = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];
        foreach (byte[] part in bytes.Chunk(777))
        {
            buffer.Write(part);
        }

        Assert.Equal(bytes, buffer.WrittenSpan.ToArray());
    }

    [Fact]
    public void The_memory_of_an_unusually_large_message_is_given_back()
    {
        using var buffer = new PooledBuffer();
        buffer.Write(new byte[1_000_000]);
        buffer.Reset(16);
        Assert.True(buffer.Capacity < 200_000);
        Assert.Equal(16, buffer.WrittenCount);
    }

    [Fact]
    public void More_than_was_handed_out_cannot_be_advanced_over()
    {
        using var buffer = new PooledBuffer();
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(buffer.Capacity + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
    }
}
