// CS8631: a formatter of a reference type formats null too; here the types are never null.
#pragma warning disable CS8631

using System.Collections.Concurrent;
using Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

public sealed class HostileShapeTests
{
    private const int Million = 1_000_000;
    private const int SmallStack = 64 * 1024;

    public static TheoryData<byte> Openings => [0x91, 0x81];

    [Theory]
    [MemberData(nameof(Openings))]
    public void A_million_levels_in_an_unknown_place_end_in_an_error_on_a_small_stack(byte opening)
    {
        // Behind the last known member; as the value of an unknown key; as a key; in a gap.
        Deep<Item, ItemFormatter>([0x94, 1, 0xA0, 1], opening);
        Deep<NamedItem, NamedItemFormatter>([0x81, 0xA1, (byte)'z'], opening);
        Deep<NamedItem, NamedItemFormatter>([0x81], opening);
        Deep<Node, NodeFormatter>([0x92, 0xA0], opening);
    }

    [Fact]
    public void A_million_levels_in_a_known_place_end_in_an_error_on_a_small_stack()
    {
        // A node whose fourth member is a node.
        byte[] message = [.. Enumerable.Repeat<byte[]>([0x94, 0xA0, 0xC0, 0x00], Million).SelectMany(b => b)];
        IpcSerializationException error = OnSmallStack(() => Codec.Fails<Node?, NodeFormatter>(message));
        Assert.Contains("nest deeper than 64", error.Message, StringComparison.Ordinal);
        Deep<int[][], ArrayFormatter<int[]?, ArrayFormatter<int, Int32Formatter>>>([], 0x91);
    }

    [Fact]
    public void The_limit_of_depth_is_the_same_in_reading_and_in_skipping()
    {
        byte[] atLimit = [.. Enumerable.Repeat((byte)0x91, 63), 0x90];
        byte[] beyond = [.. Enumerable.Repeat((byte)0x91, 64), 0x90];
        Skip(atLimit, default);
        Assert.Throws<IpcSerializationException>(() => Skip(beyond, default));
        Skip(beyond, new MessagePackReaderOptions { MaxDepth = 65 });
        Enter(atLimit);
        Assert.Throws<IpcSerializationException>(() => Enter(beyond));

        // What was entered by reading leaves less to skipping.
        byte[] half = [.. Enumerable.Repeat((byte)0x91, 64), 0x00];
        SkipAfterEntering(half, 32);
        byte[] more = [.. Enumerable.Repeat((byte)0x91, 65), 0x00];
        Assert.Throws<IpcSerializationException>(() => SkipAfterEntering(more, 32));
    }

    public static TheoryData<string> LengthBearing =>
    [
        "d9ff", "daffff", "dbffffffff", "db7fffffff",
        "c4ff", "c5ffff", "c6ffffffff", "c67fffffff",
        "c7ff05", "c8ffff05", "c9ffffffff05", "c97fffffff05",
        "dcffff", "ddffffffff", "dd7fffffff", "9f",
        "deffff", "dfffffffff", "df7fffffff", "8f",
    ];

    [Theory]
    [MemberData(nameof(LengthBearing))]
    public void A_length_that_the_message_does_not_have_allocates_nothing(string header)
    {
        byte[] message = [.. Codec.Hex(header), 1, 2, 3];
        foreach (WireCase type in WireCases.All)
        {
            RefusedCheaply(type, message);
            RefusedCheaply(type, [0x92, .. message]);
            RefusedCheaply(type, [0x93, 2, 2, .. message]);
            RefusedCheaply(type, [0x81, 0xA1, (byte)'z', .. message]);
        }

        Assert.Throws<IpcSerializationException>(() => Skip(message, default));
    }

    [Fact]
    public void Nested_counts_do_not_multiply_what_is_allocated()
    {
        // 31 KB: each level declares as many elements as bytes follow it. Without a budget over the whole message every level is allocated in full.
        var message = new List<byte>();
        while (message.Count < 31_000)
        {
            int left = 31_000 - message.Count - 3;
            message.AddRange([0xDC, (byte)(left >> 8), (byte)left]);
        }

        byte[] bytes = [.. message];
        long allocated = Allocated(() => Codec.Fails<int[]?[]?[]?[]?, Jagged4>(bytes));
        Assert.True(allocated < 16 * bytes.Length + 16_384, $"{allocated} bytes for a message of {bytes.Length}");

        // The same in breadth: many siblings, each with a large count; the first one that lies ends it.
        byte[] siblings = [0xDD, 0, 0, 0x75, 0x30, .. Enumerable.Repeat<byte[]>([0xDC, 0x70, 0x00], 10_000).SelectMany(b => b)];
        allocated = Allocated(() => Codec.Fails<int[]?[]?, ArrayFormatter<int[]?, ArrayFormatter<int, Int32Formatter>>>(siblings));
        Assert.True(allocated < 16 * siblings.Length + 16_384, $"{allocated} bytes for a message of {siblings.Length}");
    }

    [Fact]
    public void Empty_collections_cost_a_bounded_multiple_of_their_byte()
    {
        byte[] maps = [0xDC, 0x10, 0x00, .. Enumerable.Repeat((byte)0x80, 4096)];
        long allocated = Allocated(() => Codec.Read<ConcurrentDictionary<int, int>?[]?, ArrayFormatter<ConcurrentDictionary<int, int>?, ConcurrentDictionaryFormatter<int, int, Int32Formatter, Int32Formatter>>>(maps));
        Assert.True(allocated < 1024 * maps.Length, $"{allocated} bytes for a message of {maps.Length}");
    }

    [Theory]
    [InlineData("93027fffffff90")]
    [InlineData("9300ce7fffffff90")]
    [InlineData("93ce7fffffffce7fffffff90")]
    [InlineData("93ff0090")]
    [InlineData("9302029101")]
    [InlineData("920190")]
    public void A_grid_whose_lengths_do_not_match_its_elements_is_refused(string hex)
    {
        byte[] message = Codec.Hex(hex);
        Assert.True(Allocated(() => Codec.Fails<int[,]?, Array2DFormatter<int, Int32Formatter>>(message)) < 8192);
    }

    [Fact]
    public void The_budget_of_elements_is_counted_over_the_whole_message()
    {
        byte[] message = [0x92, 0x93, 1, 2, 3, 0x93, 4, 5, 6];
        Assert.Equal(2, Read(8)!.Length);
        Assert.Contains("more values", Assert.Throws<IpcSerializationException>(() => Read(7)).Message, StringComparison.Ordinal);

        int[]?[]? Read(int limit)
        {
            var reader = new MessagePackReader(message, new MessagePackReaderOptions { MaxElements = limit });
            return ArrayFormatter<int[]?, ArrayFormatter<int, Int32Formatter>>.Read(ref reader);
        }
    }

    private readonly struct Jagged4 : IMessageFormatter<int[]?[]?[]?[]?>
    {
        public static void Write(ref MessagePackWriter writer, int[]?[]?[]?[]? value) => throw new NotSupportedException();

        public static int[]?[]?[]?[]? Read(ref MessagePackReader reader)
            => ArrayFormatter<int[]?[]?[]?, ArrayFormatter<int[]?[]?, ArrayFormatter<int[]?, ArrayFormatter<int, Int32Formatter>>>>.Read(ref reader);
    }

    private static void Deep<T, TFormatter>(byte[] prefix, byte opening)
        where TFormatter : struct, IMessageFormatter<T?>
    {
        byte[] message = [.. prefix, .. Enumerable.Repeat(opening, Million)];
        OnSmallStack(() => Codec.Fails<T?, TFormatter>(message));
    }

    private static T OnSmallStack<T>(Func<T> action)
    {
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = action();
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        return result!;
    }

    private static void RefusedCheaply(WireCase type, byte[] message)
    {
        long allocated = Allocated(() =>
        {
            try
            {
                type.Read(message);
            }
            catch (IpcSerializationException)
            {
            }
        });
        Assert.True(allocated < 16_384, $"{type.Name} allocated {allocated} bytes for {Convert.ToHexStringLower(message)}");
    }

    // The second run: the first one may compile code and fill caches.
    private static long Allocated(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Skip(byte[] message, MessagePackReaderOptions options)
    {
        var reader = new MessagePackReader(message, options);
        reader.Skip();
        reader.ThrowIfNotAtEnd();
    }

    private static void Enter(byte[] message)
    {
        var reader = new MessagePackReader(message);
        while (!reader.End)
        {
            reader.EnterArray();
        }
    }

    private static void SkipAfterEntering(byte[] message, int levels)
    {
        var reader = new MessagePackReader(message);
        for (int i = 0; i < levels; i++)
        {
            reader.EnterArray();
        }

        reader.Skip();
    }
}
