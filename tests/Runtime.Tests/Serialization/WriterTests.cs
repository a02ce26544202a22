using System.Buffers;
using Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

public sealed class WriterTests
{
    [Fact]
    public void What_is_written_does_not_depend_on_how_the_output_hands_out_memory()
    {
        List<Item> items = [.. Enumerable.Range(0, 300).Select(i => new Item(i * 1000, new string('ä', i % 50), i))];
        byte[] expected = Codec.Write<List<Item>?, ItemListFormatter>(items);
        var output = new ExactOutput();
        var writer = new MessagePackWriter(output);
        ItemListFormatter.Write(ref writer, items);
        writer.Flush();
        Assert.Equal(expected, output.Written);

        int[] numbers = [.. Enumerable.Range(0, 5000).Select(i => i * i - 1_000_000)];
        output = new ExactOutput();
        writer = new MessagePackWriter(output);
        ArrayFormatter<int, Int32Formatter>.Write(ref writer, numbers);
        writer.Flush();
        Assert.Equal(numbers, Codec.Read<int[]?, ArrayFormatter<int, Int32Formatter>>(output.Written));
    }

    [Fact]
    public void Writing_goes_on_after_a_flush()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.Write(1);
        writer.Flush();
        writer.Flush();
        writer.Write("a");
        writer.Flush();
        Assert.Equal([1, 0xA1, (byte)'a'], output.WrittenSpan.ToArray());
    }

    [Fact]
    public void A_lone_surrogate_cannot_be_written()
    {
        Assert.Throws<IpcSerializationException>(() => Codec.Write<string?, StringFormatter>("\uD800"));
        Assert.Throws<IpcSerializationException>(() => Codec.Write<string?, StringFormatter>(new string('x', 5000) + "\uDC00"));
        Assert.Throws<IpcSerializationException>(() => Codec.Write<NamedItem?, NamedItemFormatter>(new NamedItem(1, "\uD83Dx", 1)));
    }

    [Fact]
    public void An_object_that_contains_itself_cannot_be_written()
    {
        var node = new Node();
        node.Next = node;
        Assert.Contains("contains itself", Assert.Throws<IpcSerializationException>(() => Codec.Write<Node?, NodeFormatter>(node)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_the_union_does_not_list_cannot_be_written()
        => Assert.Contains("[Union]", Assert.Throws<IpcSerializationException>(() => Codec.Write<Shape?, ShapeFormatter>(new Blob())).Message, StringComparison.Ordinal);

    [Fact]
    public void An_array_whose_indices_do_not_start_at_zero_cannot_be_written()
        => Assert.Throws<IpcSerializationException>(() => Codec.Write<int[,]?, Array2DFormatter<int, Int32Formatter>>((int[,])Array.CreateInstance(typeof(int), [2, 2], [1, 0])));

    [Fact]
    public void A_collection_that_lies_about_its_count_cannot_be_written()
        => Assert.Throws<IpcSerializationException>(() => Codec.Write<ICollection<int>?, ICollectionFormatter<int, Int32Formatter>>(new Liar()));

    [Fact]
    public void An_output_that_gives_less_than_was_asked_for_is_found_out()
        => Assert.Throws<InvalidOperationException>(() =>
        {
            var writer = new MessagePackWriter(new StingyOutput());
            writer.WriteRaw(new byte[1000]);
        });

    [Fact]
    public void A_writer_without_output_says_so()
        => Assert.Throws<InvalidOperationException>(() =>
        {
            MessagePackWriter writer = default;
            writer.WriteNil();
        });

    [Fact]
    public void Writing_allocates_nothing()
    {
        List<Item> items = [.. Enumerable.Range(0, 100).Select(i => new Item(i, $"item {i}", i))];
        var named = new NamedItem(1, "an item with a name of more than thirty-one characters", 2);
        Dictionary<int, decimal> map = Enumerable.Range(0, 100).ToDictionary(i => i, i => i * 1.5m);
        var output = new ArrayBufferWriter<byte>(1 << 16);
        Write();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Write();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Write()
        {
            output.ResetWrittenCount();
            var writer = new MessagePackWriter(output);
            ItemListFormatter.Write(ref writer, items);
            NamedItemFormatter.Write(ref writer, named);
            DictionaryFormatter<int, decimal, Int32Formatter, DecimalFormatter>.Write(ref writer, map);
            GuidFormatter.Write(ref writer, Guid.Empty);
            DateTimeOffsetFormatter.Write(ref writer, DateTimeOffset.UnixEpoch);
            writer.Flush();
        }
    }

    // Hands out exactly what is asked for, each time new memory, so that every overrun is an error.
    private sealed class ExactOutput : IBufferWriter<byte>
    {
        private readonly List<byte> _written = [];
        private byte[] _current = [];

        public byte[] Written => [.. _written];

        public void Advance(int count) => _written.AddRange(_current.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _current = new byte[Math.Max(sizeHint, 1)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }

    private sealed class StingyOutput : IBufferWriter<byte>
    {
        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => new byte[8];

        public Span<byte> GetSpan(int sizeHint = 0) => new byte[8];
    }

    private sealed class Liar : System.Collections.ObjectModel.Collection<int>, ICollection<int>
    {
        int ICollection<int>.Count => 3;
    }
}
