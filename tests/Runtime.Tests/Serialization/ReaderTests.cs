using Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

public sealed class ReaderTests
{
    [Fact]
    public void A_newer_message_is_read_by_older_code_and_an_older_one_by_newer()
    {
        Assert.Equal(new Item(1, "a", 2), Codec.Read<Item?, ItemFormatter>(Codec.Hex("9501a161 02 9201c0 81a16ba176")));
        Assert.Equal(new Item(1, null!, 0), Codec.Read<Item?, ItemFormatter>(Codec.Hex("9101")));
        Assert.Equal(new Item(0, null!, 0), Codec.Read<Item?, ItemFormatter>(Codec.Hex("90")));
        Assert.Equal(new NamedItem(1, "a", 2), Codec.Read<NamedItem?, NamedItemFormatter>(Codec.Hex("85 a3 4e6577 9201c0 a24964 01 07 a0 a44e616d65 a161 a55072696365 02")));

        Node node = Codec.Read<Node?, NodeFormatter>(Codec.Hex("90"))!;
        Assert.Equal("unnamed", node.Name);
        Assert.Equal(Level.Middle, node.Level);
    }

    [Fact]
    public void An_array_of_ints_refuses_what_is_no_int_wherever_it_stands()
    {
        string[] fits = ["d280000000", "ce7fffffff", "d2ffffffff", "ce00010000", "cdffff", "ccff", "7f", "e0", "d1ff00", "d080"];
        for (int position = 0; position < 24; position++)
        {
            string[] numbers = [.. Enumerable.Range(0, 24).Select(i => fits[i % 4])];
            Assert.Equal(24, Codec.Read<int[]?, ArrayFormatter<int, Int32Formatter>>(Codec.Hex("dc0018" + string.Concat(numbers)))!.Length);
            numbers[position] = "ce80000000";
            Assert.Contains("2147483648", Codec.Fails<int[]?, ArrayFormatter<int, Int32Formatter>>(Codec.Hex("dc0018" + string.Concat(numbers))).Message, StringComparison.Ordinal);
            foreach (string other in fits)
            {
                numbers[position] = other;
                int[] read = Codec.Read<int[]?, ArrayFormatter<int, Int32Formatter>>(Codec.Hex("dc0018" + string.Concat(numbers)))!;
                Assert.Equal(numbers.Select(n => Codec.Read<int, Int32Formatter>(Codec.Hex(n))), read);
            }
        }
    }

    [Fact]
    public void The_last_of_two_values_for_one_member_counts()
        => Assert.Equal(2, Codec.Read<NamedItem?, NamedItemFormatter>(Codec.Hex("82 a24964 01 a24964 02"))!.Id);

    [Fact]
    public void A_key_that_comes_twice_in_a_dictionary_is_refused()
    {
        Assert.Contains("twice", Codec.Fails<Dictionary<int, int>?, DictionaryFormatter<int, int, Int32Formatter, Int32Formatter>>(0x82, 1, 1, 1, 2).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Codec.Fails<SortedDictionary<int, int>?, SortedDictionaryFormatter<int, int, Int32Formatter, Int32Formatter>>(0x82, 1, 1, 1, 2).Message, StringComparison.Ordinal);
        Codec.Fails<Dictionary<string, Item>?, ItemDictionaryFormatter>(0x82, 0xA1, 0x61, 0xC0, 0xA1, 0x61, 0xC0);
        Codec.Fails<Dictionary<double, int>?, DictionaryFormatter<double, int, DoubleFormatter, Int32Formatter>>(Codec.Hex("82cb7ff800000000000001cbfff800000000000002"));
    }

    [Fact]
    public void A_key_that_is_nil_is_refused()
        => Assert.Contains("nil", Codec.Fails<Dictionary<string, Item>?, ItemDictionaryFormatter>(0x81, 0xC0, 0xC0).Message, StringComparison.Ordinal);

    [Fact]
    public void An_element_that_comes_twice_in_a_set_is_taken_once()
        => Assert.Equal([1], Codec.Read<HashSet<int>?, HashSetFormatter<int, Int32Formatter>>([0x92, 1, 1])!);

    [Theory]
    [InlineData("a1ff")]
    [InlineData("a2c328")]
    [InlineData("a3eda080")]
    [InlineData("a2c080")]
    [InlineData("aa61616161616161616180")]
    public void A_string_that_is_not_UTF8_is_refused(string hex)
        => Assert.Contains("UTF-8", Codec.Fails<string?, StringFormatter>(Codec.Hex(hex)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_behind_the_value_are_found()
        => Assert.Contains("has 1 byte more", Codec.Fails<int, Int32Formatter>(1, 2).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_tag_of_a_union_is_refused()
        => Assert.Contains("tag 7", Codec.Fails<Shape?, ShapeFormatter>(0x92, 7, 0x90).Message, StringComparison.Ordinal);

    [Fact]
    public void Errors_say_where_and_what()
    {
        Assert.Equal(
            "Invalid MessagePack at byte 1: Expected a 32-bit integer, found a string (0xa1). Both sides must declare the same type here.",
            Codec.Fails<Item?, ItemFormatter>(0x91, 0xA1, 0x61).Message);
        Assert.Equal(
            "Invalid MessagePack at byte 2: The message ends inside a string: at least 4 bytes more were announced.",
            Codec.Fails<Item?, ItemFormatter>(0x92, 1, 0xA5, 0x61).Message);
        Assert.Equal(
            "Invalid MessagePack at byte 0: The array declares 65535 entries, but the message has only 1 byte left.",
            Codec.Fails<Item?, ItemFormatter>(0xDC, 0xFF, 0xFF, 1).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c1")]
    [InlineData("92c0")]
    [InlineData("81c0")]
    [InlineData("d4")]
    [InlineData("c7")]
    [InlineData("d3000000")]
    [InlineData("c403 0102")]
    public void Skipping_checks_what_it_passes(string hex)
        => Assert.Throws<IpcSerializationException>(() =>
        {
            var reader = new MessagePackReader(Codec.Hex(hex));
            reader.Skip();
        });

    [Fact]
    public void Skipping_passes_every_kind_of_value()
    {
        byte[] all = Codec.Hex("dc0026 00 7f e0 ff c0 c2 c3 c40101 c5000101 c60000000101 c7010501 c800010501 c9000000010501 ca00000000 cb0000000000000000 cc00 cd0000 ce00000000 cf0000000000000000"
            + "d000 d10000 d200000000 d30000000000000000 d40501 d5050102 d60501020304 d7050102030405060708 d80501020304050607080102030405060708 a0 a161 d90161 da000161 db0000000161"
            + "90 9101 dc000101 dd0000000101 80 de00010102 df000000010102");
        all[2] = (byte)Count(all);
        var reader = new MessagePackReader(all);
        Assert.Equal(all, reader.ReadRaw().ToArray());
        Assert.True(reader.End);
    }

    [Fact]
    public void Binary_data_is_also_read_from_strings()
        => Assert.Equal("ab"u8.ToArray(), Codec.Read<byte[]?, ByteArrayFormatter>(Codec.Hex("a26162")));

    [Fact]
    public void Times_beyond_those_of_NET_are_refused()
    {
        Codec.Fails<DateTime, DateTimeFormatter>(Codec.Hex("d7ffffffffff00000000"));
        Codec.Fails<DateTime, DateTimeFormatter>(Codec.Hex("c70cff000000007fffffffffffffff"));
        Codec.Fails<DateTime, DateTimeFormatter>(Codec.Hex("c70cff00000000fffffff1886e08ff"));
        Codec.Fails<DateTime, DateTimeFormatter>(Codec.Hex("d60500000000"));
        Codec.Fails<DateTimeOffset, DateTimeOffsetFormatter>(Codec.Hex("92d6ff00000000cd0349"));
        Codec.Fails<DateTimeOffset, DateTimeOffsetFormatter>(Codec.Hex("92c70cff00000000fffffff1886e090001"));
        Codec.Fails<DateOnly, DateOnlyFormatter>(0xFF);
        Codec.Fails<TimeOnly, TimeOnlyFormatter>(Codec.Hex("cf000000c92a69c000"));
    }

    // How many values follow the header.
    private static int Count(byte[] message)
    {
        var reader = new MessagePackReader(message.AsSpan(3));
        int count = 0;
        while (!reader.End)
        {
            reader.Skip();
            count++;
        }

        return count;
    }
}
