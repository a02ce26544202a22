using Contracts.Ipc.Native;
using Contracts.Ipc.Runtime.Tests.Serialization;
using Contracts.Ipc.Transports.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.Transports.SharedMemory;

/// <summary>One ring, both of its ends in one process.</summary>
public sealed class RingTests : IDisposable
{
    private const int Capacity = RingLayout.MinimumCapacity;

    private readonly RingSegment _segment;
    private readonly RingWriter _writer;
    private readonly RingReader _reader;

    public RingTests()
    {
        _segment = RingSegment.Create(Capacity, out SafeDescriptor file);
        file.Dispose();
        _writer = new RingWriter(_segment, RingDirection.ToServer);
        _reader = new RingReader(_segment, RingDirection.ToServer);
    }

    public void Dispose() => _segment.Dispose();

    [Fact]
    public void A_new_ring_holds_nothing()
    {
        Assert.False(_reader.HasRecord);
        Assert.Equal(0, _reader.Read(new byte[100]));
        Assert.True(_writer.HasRoom);
    }

    [Fact]
    public void Records_of_random_lengths_come_out_as_they_went_in_over_many_laps()
    {
        Random random = new((int)TestSeed.Next(TestContext.Current.TestOutputHelper!));
        Queue<byte[]> expected = new();
        for (int i = 0; i < 20_000; i++)
        {
            byte[] frame = Frames.Prefixed(random.Next(10) == 0 ? random.Next(16, Capacity / 5) : random.Next(16, 300), i);
            int cut = random.Next(frame.Length + 1);
            while (_writer.TryWrite(frame.AsSpan(0, cut), frame.AsSpan(cut)) is var taken && taken != frame.Length)
            {
                Assert.Equal(0, taken);
                Assert.True(expected.Count > 0, "An empty ring has room for every frame.");
                AssertNext(expected.Dequeue());
            }

            expected.Enqueue(frame);
        }

        while (expected.TryDequeue(out byte[]? frame))
        {
            AssertNext(frame);
        }

        Assert.False(_reader.HasRecord);
    }

    [Fact]
    public void What_does_not_fit_is_taken_by_whole_frames()
    {
        byte[] frames = [.. Enumerable.Range(0, 100).SelectMany(i => Frames.Prefixed(5000, i))];

        int taken = 0;
        int last;
        do
        {
            last = _writer.TryWrite(frames.AsSpan(taken), default);
            Assert.Equal(0, last % 5004);
            taken += last;
        }
        while (last > 0);

        Assert.InRange(taken, Capacity / 2, Capacity);
        byte[] all = ReadAll();
        Assert.True(frames.AsSpan(0, taken).SequenceEqual(all));
        Assert.True(_writer.TryWrite(frames.AsSpan(taken), default) > 0);
    }

    [Fact]
    public void A_full_ring_says_when_half_of_it_is_free_again()
    {
        byte[] frame = Frames.Prefixed(1000);
        while (_writer.TryWrite(frame, default) > 0)
        {
        }

        _writer.SetParked(true);
        Assert.False(_writer.HasRoom);
        byte[] destination = new byte[frame.Length];
        int read = 0;
        while (!_reader.TryClaimWake())
        {
            Assert.Equal(frame.Length, _reader.Read(destination));
            read += RingLayout.RecordLength(frame.Length);
        }

        Assert.InRange(read, Capacity / 3, (2 * Capacity) / 3);
        Assert.True(_writer.HasRoom);
        Assert.False(_reader.TryClaimWake());
    }

    /// <summary>Content is what strangers to both processes may have chosen; the place where it lay is looked at for a record one lap later.</summary>
    [Fact]
    public void Content_of_an_earlier_lap_that_looks_like_a_record_is_not_one()
    {
        byte[] forged = new byte[sizeof(int) + 16 + (Capacity / 8)];
        BitConverter.TryWriteBytes(forged, forged.Length - sizeof(int));
        int recordLength = RingLayout.RecordLength(forged.Length);
        ulong position = RingLayout.FirstPosition(Capacity);
        for (int lap = 0; lap < 50; lap++)
        {
            // Where in the next lap any record may begin, the word that would make it visible.
            for (int offset = RingLayout.RecordAlignment - RingLayout.WordLength; offset + 8 <= forged.Length; offset += RingLayout.RecordAlignment)
            {
                if (offset > sizeof(int))
                {
                    BitConverter.TryWriteBytes(forged.AsSpan(offset), RingLayout.CommitWord(position + (ulong)(offset + RingLayout.WordLength + Capacity), 8));
                }
            }

            Assert.Equal(forged.Length, _writer.TryWrite(forged, default));
            position += (ulong)recordLength;
            Assert.Equal(forged.Length, ReadAll().Length);
            Assert.False(_reader.HasRecord);

            byte[] small = Frames.Prefixed(16, lap);
            Assert.Equal(small.Length, _writer.TryWrite(small, default));
            position += (ulong)RingLayout.RecordLength(small.Length);
            Assert.True(small.AsSpan().SequenceEqual(ReadAll()));
            Assert.False(_reader.HasRecord);
        }
    }

    [Fact]
    public void A_record_is_read_in_pieces_by_a_small_destination_and_its_room_is_free_at_the_end()
    {
        byte[] frame = Frames.Prefixed(10_000);
        Assert.Equal(frame.Length, _writer.TryWrite(frame, default));
        List<byte> read = [];
        byte[] piece = new byte[999];
        for (int count; (count = _reader.Read(piece)) > 0;)
        {
            read.AddRange(piece.AsSpan(0, count));
            Assert.Equal(read.Count < frame.Length, _reader.IsInsideRecord);
        }

        Assert.Equal(frame, read);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Capacity)]
    [InlineData((1 << 24) - 1)]
    public unsafe void A_length_that_no_record_has_is_an_error_for_good(int length)
    {
        byte* word = _segment.Data(RingDirection.ToServer);
        ulong honest = RingLayout.CommitWord(RingLayout.FirstPosition(Capacity), 100);
        Volatile.Write(ref *(ulong*)word, RingLayout.CommitWord(RingLayout.FirstPosition(Capacity), length));

        Assert.Equal(0, _reader.Read(new byte[200]));
        Assert.Contains($"{length} bytes", _reader.Violation?.Message, StringComparison.Ordinal);

        Volatile.Write(ref *(ulong*)word, honest);
        Assert.Equal(0, _reader.Read(new byte[200]));
        Assert.NotNull(_reader.Violation);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(Capacity + 8UL)]
    [InlineData((2UL * Capacity) + 64)]
    [InlineData(ulong.MaxValue - 63)]
    public unsafe void A_head_that_cannot_be_is_an_error_as_soon_as_it_matters(ulong head)
    {
        byte[] frame = Frames.Prefixed(30_000);
        *(ulong*)(_segment.Control(RingDirection.ToServer) + RingLayout.HeadOffset) = head;

        IpcProtocolException error = Assert.Throws<IpcProtocolException>(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                _ = _writer.TryWrite(frame, default);
            }
        });

        Assert.Equal(IpcErrorCode.ProtocolViolation, error.Code);
        Assert.Contains($"{head}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(Capacity + 1UL)]
    [InlineData((2UL * Capacity) + 64)]
    [InlineData(ulong.MaxValue - 63)]
    public unsafe void A_tail_that_cannot_be_is_an_error(ulong tail)
    {
        *(ulong*)(_segment.Control(RingDirection.ToServer) + RingLayout.TailOffset) = tail;

        IpcProtocolException error = Assert.Throws<IpcProtocolException>(() => _ = _writer.TryWrite(Frames.Prefixed(16), default));

        Assert.Contains($"{tail}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(64 * 1024, false)]
    [InlineData(128 * 1024, true)]
    [InlineData((128 * 1024) + 64, false)]
    [InlineData(256 * 1024, true)]
    [InlineData(8 * 1024 * 1024, true)]
    [InlineData(16 * 1024 * 1024, false)]
    [InlineData(-128 * 1024, false)]
    public void A_capacity_is_a_power_of_two_within_bounds(int capacity, bool possible)
    {
        Assert.Equal(possible, RingLayout.IsCapacity(capacity));
        IpcConnectionOptions options = new();
        Exception? refused = Record.Exception(() => options.RingCapacity = capacity);
        Assert.Equal(possible, refused is null);
    }

    private void AssertNext(byte[] frame)
    {
        byte[] destination = new byte[frame.Length];
        Assert.Equal(frame.Length, _reader.Read(destination));
        Assert.True(frame.AsSpan().SequenceEqual(destination), "a frame arrived changed");
        Assert.False(_reader.IsInsideRecord);
    }

    private byte[] ReadAll()
    {
        List<byte> all = [];
        byte[] destination = new byte[Capacity];
        for (int count; (count = _reader.Read(destination)) > 0;)
        {
            all.AddRange(destination.AsSpan(0, count));
        }

        return [.. all];
    }
}
