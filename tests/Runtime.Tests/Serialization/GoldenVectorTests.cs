// CS8631: a formatter of a reference type formats null too; here the types are never null.
#pragma warning disable CS8631

using System.Collections;
using System.Numerics;
using System.Text;
using Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

/// <summary>The bytes of every type, both directions. They are what MessagePack-CSharp writes; docs/wire-types.md says where that was read.</summary>
public sealed class GoldenVectorTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "cc80")]
    [InlineData(255, "ccff")]
    [InlineData(256, "cd0100")]
    [InlineData(65535, "cdffff")]
    [InlineData(65536, "ce00010000")]
    [InlineData(int.MaxValue, "ce7fffffff")]
    [InlineData(uint.MaxValue, "ceffffffff")]
    [InlineData(4294967296, "cf0000000100000000")]
    [InlineData(long.MaxValue, "cf7fffffffffffffff")]
    [InlineData(-1, "ff")]
    [InlineData(-32, "e0")]
    [InlineData(-33, "d0df")]
    [InlineData(-128, "d080")]
    [InlineData(-129, "d1ff7f")]
    [InlineData(-32768, "d18000")]
    [InlineData(-32769, "d2ffff7fff")]
    [InlineData(int.MinValue, "d280000000")]
    [InlineData(-2147483649, "d3ffffffff7fffffff")]
    [InlineData(long.MinValue, "d38000000000000000")]
    public void Integers_take_their_shortest_form_whatever_their_type(long value, string hex)
    {
        Golden<long, Int64Formatter>(value, hex);
        When<int>(value, n => Golden<int, Int32Formatter>(n, hex));
        When<uint>(value, n => Golden<uint, UInt32Formatter>(n, hex));
        When<short>(value, n => Golden<short, Int16Formatter>(n, hex));
        When<ushort>(value, n => Golden<ushort, UInt16Formatter>(n, hex));
        When<sbyte>(value, n => Golden<sbyte, SByteFormatter>(n, hex));
        When<byte>(value, n => Golden<byte, ByteFormatter>(n, hex));
        When<ulong>(value, n => Golden<ulong, UInt64Formatter>(n, hex));
        When<int>(value, n => Golden<int[]?, ArrayFormatter<int, Int32Formatter>>([n, n, n, n, n], "95" + string.Concat(Enumerable.Repeat(hex, 5))));
    }

    [Theory]
    [InlineData("d300000000000000ff", 255)]
    [InlineData("cf00000000000000ff", 255)]
    [InlineData("d2000000ff", 255)]
    [InlineData("ce000000ff", 255)]
    [InlineData("d100ff", 255)]
    [InlineData("cd00ff", 255)]
    [InlineData("d07f", 127)]
    [InlineData("cc01", 1)]
    [InlineData("d3ffffffffffffffff", -1)]
    public void Integers_are_read_from_any_width(string hex, int value)
    {
        byte[] bytes = Codec.Hex(hex);
        Assert.Equal(value, Codec.Read<int, Int32Formatter>(bytes));
        Assert.Equal(value, Codec.Read<long, Int64Formatter>(bytes));
        Assert.Equal(value, Codec.Read<short, Int16Formatter>(bytes));
        Assert.Equal(value, Codec.Read<double, DoubleFormatter>(bytes));
        Assert.Equal(value, Codec.Read<float, SingleFormatter>(bytes));
        Assert.Equal([value, value], Codec.Read<int[]?, ArrayFormatter<int, Int32Formatter>>([0x92, .. bytes, .. bytes])!);
    }

    [Theory]
    [InlineData("cd0100")]
    [InlineData("ff")]
    [InlineData("cf0000000000000100")]
    public void An_integer_that_does_not_fit_is_refused(string hex)
        => Assert.Contains("does not fit", Codec.Fails<byte, ByteFormatter>(Codec.Hex(hex)).Message, StringComparison.Ordinal);

    [Fact]
    public void Other_scalars()
    {
        Golden<bool, BooleanFormatter>(true, "c3");
        Golden<bool, BooleanFormatter>(false, "c2");
        Golden<float, SingleFormatter>(1.5f, "ca3fc00000");
        Golden<double, DoubleFormatter>(-1.5, "cbbff8000000000000");
        Golden<double, DoubleFormatter>(double.NaN, "cbfff8000000000000");
        Golden<Half, HalfFormatter>((Half)1.5f, "ca3fc00000");
        Golden<char, CharFormatter>('A', "41");
        Golden<char, CharFormatter>('€', "cd20ac");
        Golden<Rune, RuneFormatter>(new Rune(0x1F600), "ce0001f600");
        Golden<decimal, DecimalFormatter>(-1234.5600m, "aa2d313233342e35363030");
        Golden<decimal, DecimalFormatter>(decimal.MaxValue, "bd" + Convert.ToHexStringLower("79228162514264337593543950335"u8));
        Golden<BigInteger, BigIntegerFormatter>(-256, "c40200ff");
        Golden<BigInteger, BigIntegerFormatter>(0, "c40100");
        Golden<Int128, Int128Formatter>(-2, "c410feffffffffffffffffffffffffffffff");
        Golden<UInt128, UInt128Formatter>(1, "c41001000000000000000000000000000000");
        Golden<Complex, ComplexFormatter>(new Complex(1, -1), "92cb3ff0000000000000cbbff0000000000000");
        Golden<Guid, GuidFormatter>(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), "d924" + Convert.ToHexStringLower("0f8fad5b-d9cb-469f-a165-70867728950e"u8));
        Golden<Version?, VersionFormatter>(new Version(1, 2, 3), "a5312e322e33");
        Golden<Uri?, UriFormatter>(new Uri("a/b", UriKind.Relative), "a3612f62");
        Golden<Level, EnumFormatter<Level, byte, ByteFormatter>>(Level.High, "ccc8");
        Golden<int?, NullableFormatter<int, Int32Formatter>>(null, "c0");
        Golden<int?, NullableFormatter<int, Int32Formatter>>(5, "05");
    }

    [Fact]
    public void Strings_and_bytes()
    {
        Golden<string?, StringFormatter>(null, "c0");
        Golden<string?, StringFormatter>("", "a0");
        Golden<string?, StringFormatter>("Aé€😀", "aa41c3a9e282acf09f9880");
        Golden<string?, StringFormatter>(new string('x', 31), "bf" + Repeat("78", 31));
        Golden<string?, StringFormatter>(new string('x', 32), "d920" + Repeat("78", 32));
        Golden<string?, StringFormatter>(new string('é', 16), "d920" + Repeat("c3a9", 16));
        Golden<string?, StringFormatter>(new string('x', 255), "d9ff" + Repeat("78", 255));
        Golden<string?, StringFormatter>(new string('x', 256), "da0100" + Repeat("78", 256));
        Golden<string?, StringFormatter>(new string('€', 22_000), "db000101d0" + Repeat("e282ac", 22_000));
        Golden<byte[]?, ByteArrayFormatter>(null, "c0");
        Golden<byte[]?, ByteArrayFormatter>([], "c400");
        Golden<byte[]?, ByteArrayFormatter>([1, 2], "c4020102");
        Golden<byte[]?, ByteArrayFormatter>(new byte[256], "c50100" + Repeat("00", 256));
        Golden<byte[]?, ByteArrayFormatter>(new byte[65536], "c600010000" + Repeat("00", 65536));
    }

    [Fact]
    public void Times()
    {
        Golden<DateTime, DateTimeFormatter>(DateTime.UnixEpoch, "d6ff00000000");
        Golden<DateTime, DateTimeFormatter>(DateTime.UnixEpoch.AddSeconds(uint.MaxValue), "d6ffffffffff");
        Golden<DateTime, DateTimeFormatter>(DateTime.UnixEpoch.AddTicks(1), "d7ff0000019000000000");
        Golden<DateTime, DateTimeFormatter>(DateTime.UnixEpoch.AddSeconds((1L << 34) - 1), "d7ff00000003ffffffff");
        Golden<DateTime, DateTimeFormatter>(DateTime.UnixEpoch.AddSeconds(1L << 34), "c70cff000000000000000400000000");
        Golden<DateTime, DateTimeFormatter>(DateTime.UnixEpoch.AddTicks(-1), "c70cff3b9ac99cffffffffffffffff");
        Golden<DateTime, DateTimeFormatter>(new DateTime(0, DateTimeKind.Utc), "c70cff00000000fffffff1886e0900");

        // The local time as if it were UTC, and the offset in minutes.
        Golden<DateTimeOffset, DateTimeOffsetFormatter>(new DateTimeOffset(1970, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)), "92d6ff00001c2078");
        Golden<DateTimeOffset, DateTimeOffsetFormatter>(new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(-570)), "92d6ff00000000d1fdc6");
        Golden<TimeSpan, TimeSpanFormatter>(TimeSpan.FromSeconds(1), "ce00989680");
        Golden<TimeSpan, TimeSpanFormatter>(TimeSpan.FromTicks(-1), "ff");
        Golden<DateOnly, DateOnlyFormatter>(new DateOnly(2024, 2, 29), "ce000b4680");
        Golden<TimeOnly, TimeOnlyFormatter>(new TimeOnly(0, 0, 1), "ce00989680");
        Assert.Equal("d6ff00000000", Hex<DateTime, DateTimeFormatter>(new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)));
        Assert.Equal(DateTimeKind.Utc, Codec.Read<DateTime, DateTimeFormatter>(Codec.Hex("d6ff00000000")).Kind);
    }

    [Fact]
    public void Collections()
    {
        Golden<int[]?, ArrayFormatter<int, Int32Formatter>>(null, "c0");
        Golden<int[]?, ArrayFormatter<int, Int32Formatter>>([], "90");
        Golden<int[]?, ArrayFormatter<int, Int32Formatter>>(new int[15], "9f" + Repeat("00", 15));
        Golden<int[]?, ArrayFormatter<int, Int32Formatter>>(new int[16], "dc0010" + Repeat("00", 16));
        Golden<bool[]?, ArrayFormatter<bool, BooleanFormatter>>(new bool[65536], "dd00010000" + Repeat("c2", 65536));
        Golden<int[,]?, Array2DFormatter<int, Int32Formatter>>(new[,] { { 1, 2, 3 }, { 4, 5, 6 } }, "93020396010203040506");
        Golden<int[,,]?, Array3DFormatter<int, Int32Formatter>>(new int[,,] { { { 1, 2 } } }, "94010102920102");
        Golden<BitArray?, BitArrayFormatter>(new BitArray([true, false]), "92c3c2");
        Golden<Dictionary<string, int>?, DictionaryFormatter<string, int, StringFormatter, Int32Formatter>>(new() { ["a"] = 1, ["b"] = 2 }, "82a16101a16202");
        Golden<SortedDictionary<int, bool>?, SortedDictionaryFormatter<int, bool, Int32Formatter, BooleanFormatter>>(
            new(Enumerable.Range(0, 16).ToDictionary(n => n, _ => true)), "de0010" + string.Concat(Enumerable.Range(0, 16).Select(n => $"{n:x2}c3")));
        Golden<KeyValuePair<int, string?>, KeyValuePairFormatter<int, string?, Int32Formatter, StringFormatter>>(new(1, "a"), "9201a161");
        Golden<(int, string?), ValueTupleFormatter<int, string?, Int32Formatter, StringFormatter>>((1, "a"), "9201a161");
        Golden<Tuple<int, int>?, TupleFormatter<int, int, Int32Formatter, Int32Formatter>>(Tuple.Create(1, 2), "920102");

        // A stack comes top first, and its top stays its top.
        Assert.Equal("93030201", Hex<Stack<int>?, StackFormatter<int, Int32Formatter>>(new Stack<int>([1, 2, 3])));
        Assert.Equal(3, Codec.Read<Stack<int>?, StackFormatter<int, Int32Formatter>>(Codec.Hex("93030201"))!.Pop());
        Assert.Equal("9400000000", Hex<IEnumerable<int>?, IEnumerableFormatter<int, Int32Formatter>>(Enumerable.Repeat(0, 9).Where((_, i) => i % 2 == 1)));
        Golden<int[]?, PackedArrayFormatter<int>>([1, -1], "c40801000000ffffffff");
    }

    [Fact]
    public void Messages()
    {
        Golden<Item?, ItemFormatter>(new Item(1, "ab", 1.5), "9301a26162cb3ff8000000000000");
        Golden<NamedItem?, NamedItemFormatter>(new NamedItem(1, "ab", 1.5), "83a2496401a44e616d65a26162a55072696365cb3ff8000000000000");
        Golden<Shape?, ShapeFormatter>(new Rectangle(2, 3), "9201920203");
        Golden<Shape?, ShapeFormatter>(null, "c0");
        Assert.Equal("95a16ec0ccc8c0c0", Hex<Node?, NodeFormatter>(new Node { Name = "n", Level = Level.High }));
    }

    private static string Hex<T, TFormatter>(T value)
        where TFormatter : struct, IMessageFormatter<T>
        => Convert.ToHexStringLower(Codec.Write<T, TFormatter>(value));

    private static void Golden<T, TFormatter>(T value, string hex)
        where TFormatter : struct, IMessageFormatter<T>
    {
        Assert.Equal(hex, Hex<T, TFormatter>(value));
        Assert.Equal(value, Codec.Read<T, TFormatter>(Codec.Hex(hex)));
    }

    private static void When<T>(long value, Action<T> check)
        where T : INumber<T>
    {
        T converted = T.CreateSaturating(value);
        if (long.CreateSaturating(converted) == value && T.CreateSaturating(long.CreateSaturating(converted)) == converted)
        {
            check(converted);
        }
    }

    private static string Repeat(string hex, int count)
        => new StringBuilder(hex.Length * count).Insert(0, hex, count).ToString();
}
