// CS8631: a formatter of a reference type formats null too; here the types are never null.
#pragma warning disable CS8631

using System.Numerics;
using System.Text;
using Contracts.Ipc.Runtime.Tests.Serialization;
using Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Interop.Tests;

public sealed class PythonMsgpackTests(PythonPeer python, ITestOutputHelper output) : IClassFixture<PythonPeer>
{
    public static TheoryData<WireCase> Cases => [.. WireCases.All];

    [Fact]
    public void Scalars()
    {
        Both<bool, BooleanFormatter>("True", true);
        foreach (long number in (long[])[0, 127, 128, 255, 256, 65535, 65536, uint.MaxValue, 1L + uint.MaxValue, long.MaxValue, -1, -32, -33, -128, -129, -32768, -32769, int.MinValue, -1L + int.MinValue, long.MinValue])
        {
            Both<long, Int64Formatter>($"{number}", number);
        }

        Both<ulong, UInt64Formatter>("2**64 - 1", ulong.MaxValue);
        Both<double, DoubleFormatter>("-1.5", -1.5);
        Both<double, DoubleFormatter>("float('nan')", double.NaN);
        Both<float, SingleFormatter>("0.25", 0.25f);
        Both<Half, HalfFormatter>("0.25", (Half)0.25);
        Both<char, CharFormatter>("ord('€')", '€');
        Both<decimal, DecimalFormatter>("'-12.50'", -12.50m);
        Both<BigInteger, BigIntegerFormatter>("(2**70).to_bytes(9, 'little')", BigInteger.One << 70);
        Both<Int128, Int128Formatter>("(-5).to_bytes(16, 'little', signed=True)", -5);
        Both<Guid, GuidFormatter>("'0f8fad5b-d9cb-469f-a165-70867728950e'", Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"));
        Both<Version?, VersionFormatter>("'1.2.3'", new Version(1, 2, 3));
        Both<Rune, RuneFormatter>("0x1F600", new Rune(0x1F600));
        Both<int?, NullableFormatter<int, Int32Formatter>>("None", null);
    }

    [Fact]
    public void Strings_and_bytes()
    {
        foreach (int length in (int[])[0, 1, 31, 32, 255, 256, 65535, 65536])
        {
            Both<string?, StringFormatter>($"'x' * {length}", new string('x', length));
            Both<string?, StringFormatter>($"'ß' * {length}", new string('ß', length));
            Both<byte[]?, ByteArrayFormatter>($"b'x' * {length}", [.. Enumerable.Repeat((byte)'x', length)]);
        }

        Both<string?, StringFormatter>("'😀 Ünïcode €'", "😀 Ünïcode €");
        Both<int[]?, PackedArrayFormatter<int>>("b'\\x01\\0\\0\\0\\xff\\xff\\xff\\xff'", [1, -1]);
    }

    [Fact]
    public void Times()
    {
        Both<DateTime, DateTimeFormatter>("Timestamp(0, 0)", DateTime.UnixEpoch);
        Both<DateTime, DateTimeFormatter>("Timestamp(1700000000, 123456700)", DateTime.UnixEpoch.AddSeconds(1_700_000_000).AddTicks(1_234_567));
        Both<DateTime, DateTimeFormatter>("Timestamp(-1, 999999900)", DateTime.UnixEpoch.AddTicks(-1));
        Both<DateTime, DateTimeFormatter>("Timestamp(2**34, 0)", DateTime.UnixEpoch.AddSeconds(1L << 34));
        Both<DateTimeOffset, DateTimeOffsetFormatter>("(Timestamp(7200, 0), 120)", new DateTimeOffset(1970, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)));
        Both<TimeSpan, TimeSpanFormatter>("-10_000_000", TimeSpan.FromSeconds(-1));
        Both<DateOnly, DateOnlyFormatter>("__import__('datetime').date(2024, 2, 29).toordinal() - 1", new DateOnly(2024, 2, 29));
        Both<TimeOnly, TimeOnlyFormatter>("12 * 3600 * 10_000_000", new TimeOnly(12, 0));
    }

    [Fact]
    public void Collections_and_messages()
    {
        foreach (int length in (int[])[0, 15, 16, 65535, 65536])
        {
            Both<int[]?, ArrayFormatter<int, Int32Formatter>>($"tuple(range({length}))", [.. Enumerable.Range(0, length)]);
            Both<Dictionary<int, int>?, DictionaryFormatter<int, int, Int32Formatter, Int32Formatter>>($"{{n: -n for n in range({length})}}", Enumerable.Range(0, length).ToDictionary(n => n, n => -n));
        }

        Both<Dictionary<string, bool>?, DictionaryFormatter<string, bool, StringFormatter, BooleanFormatter>>("{'a': True, 'ß': False}", new() { ["a"] = true, ["ß"] = false });
        Both<int[,]?, Array2DFormatter<int, Int32Formatter>>("(2, 3, (1, 2, 3, 4, 5, 6))", new[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Both<(int, string?), ValueTupleFormatter<int, string?, Int32Formatter, StringFormatter>>("(1, 'a')", (1, "a"));
        Both<Item?, ItemFormatter>("(1, 'ab', 1.5)", new Item(1, "ab", 1.5));
        Both<NamedItem?, NamedItemFormatter>("{'Id': 1, 'Name': 'ab', 'Price': 1.5}", new NamedItem(1, "ab", 1.5));
        Both<Shape?, ShapeFormatter>("(1, (2, 3))", new Rectangle(2, 3));
        Both<List<Item>?, ItemListFormatter>("((1, 'a', 0.5), (2, 'b', 0.25))", [new Item(1, "a", 0.5), new Item(2, "b", 0.25)]);
    }

    [Fact]
    public void A_peer_that_knows_more_or_less_is_read()
    {
        Assert.Equal(new NamedItem(7, null!, 0), Codec.Read<NamedItem?, NamedItemFormatter>(python.Pack("{'New': {'deep': [1, 2, ExtType(5, b'x')]}, 'Id': 7, 3: None}")));
        Assert.Equal(new Item(7, "x", 0), Codec.Read<Item?, ItemFormatter>(python.Pack("[7, 'x']")));
        Assert.Equal(new Item(7, "x", 1), Codec.Read<Item?, ItemFormatter>(python.Pack("[7, 'x', 1, {'a': b'y'}, Timestamp(1, 2)]")));
    }

    // Both sides write shortest forms: what Python unpacks and packs again is the same message, byte for byte. Python has no 32-bit floats.
    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Every_type_goes_through_Python_unchanged(WireCase type)
    {
        foreach (byte[] message in type.Samples(TestSeed.Next(output), 40))
        {
            byte[] echo = python.Echo(message);
            if (type.Name is "float" or "Half" or "float[]")
            {
                type.Read(echo);
            }
            else
            {
                Assert.Equal(message, echo);
            }
        }
    }

    private void Both<T, TFormatter>(string expression, T value)
        where TFormatter : struct, IMessageFormatter<T>
    {
        python.Expect(expression, Codec.Write<T, TFormatter>(value));
        Assert.Equal(value, Codec.Read<T, TFormatter>(python.Pack(expression)));
    }
}
