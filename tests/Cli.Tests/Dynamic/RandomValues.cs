using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Numerics;
using System.Text;

namespace Contracts.Ipc.Cli.Tests.Dynamic;

/// <summary>Values of every type that travels, the extreme ones often among them.</summary>
internal sealed class RandomValues(int seed)
{
    private readonly Random _random = new(seed);

    internal Scalars Scalars() => new()
    {
        Bool = Flip(),
        Byte = (byte)Number(byte.MinValue, byte.MaxValue),
        SByte = (sbyte)Number(sbyte.MinValue, sbyte.MaxValue),
        Short = (short)Number(short.MinValue, short.MaxValue),
        UShort = (ushort)Number(ushort.MinValue, ushort.MaxValue),
        Int = (int)Number(int.MinValue, int.MaxValue),
        UInt = (uint)Number(uint.MinValue, uint.MaxValue),
        Long = Number(long.MinValue, long.MaxValue),
        ULong = Flip() ? ulong.MaxValue : (ulong)Number(0, long.MaxValue),
        Int128 = Flip() ? Int128.MinValue : Number(long.MinValue, long.MaxValue) * (Int128)long.MaxValue,
        UInt128 = Flip() ? UInt128.MaxValue : (UInt128)Number(0, long.MaxValue),
        Big = BigInteger.Pow(Number(int.MinValue, int.MaxValue), _random.Next(9)),
        Float = (float)Real(),
        Double = Real(),
        Half = (Half)Real(),
        Decimal = One(decimal.MaxValue, decimal.MinValue, 1.50m, 0.000_000_1m, 0m, (decimal)_random.NextDouble()),
        Complex = new Complex(Real(), Real()),
        Char = (char)_random.Next(char.MaxValue + 1),
        Rune = One(new Rune('a'), new Rune(0x1F600), new Rune(0x10FFFF), new Rune('"')),
        Text = Text(),
        Builder = Text() is { } text ? new StringBuilder(text) : null,
        Guid = Guid(),
        Uri = One(null, new Uri("https://example.org/a?b=c d"), new Uri("relative/path", UriKind.Relative)),
        Version = One(null, new Version(1, 2), new Version(1, 2, 3, 4)),
        Time = Time(),
        Offset = new DateTimeOffset(new DateTime(_random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay)), TimeSpan.FromMinutes(_random.Next(-840, 841))),
        Span = new TimeSpan(Number(long.MinValue, long.MaxValue)),
        Date = DateOnly.FromDayNumber(_random.Next(DateOnly.MaxValue.DayNumber + 1)),
        TimeOfDay = new TimeOnly(_random.NextInt64(TimeSpan.TicksPerDay)),
        Bytes = Flip() ? null : Bytes(),
        Bits = Flip() ? null : new BitArray(Many(Flip)),
        Mood = Mood(),
        Rights = One(Rights.None, Rights.Read, Rights.ReadWrite, Rights.ReadWrite | Rights.Top, (Rights)8, (Rights)(8 | 1)),
        Day = (DayOfWeek)_random.Next(9),
        MaybeInt = Flip() ? null : 7,
        MaybeMood = Flip() ? null : Mood(),
        MaybePoint = Flip() ? null : Point(),
    };

    internal Collections Collections() => new()
    {
        Array = Many(Int),
        Jagged = Many(() => Flip() ? null : Many(Int)),
        Grid = Flip() ? null : new string[_random.Next(1, 3), _random.Next(3)],
        Cube = Flip() ? null : new Point[2, 1, 2] { { { Point(), Point() } }, { { Point(), Point() } } },
        List = [.. Many(Text)],
        Points = Many(Point),
        Set = [.. Many(Guid)],
        Frozen = Many(Int).ToFrozenSet(),
        Queue = new Queue<double>(Many(Real)),
        Immutable = [.. Bytes()],
        Bag = [.. Many(Int).Take(1)],
        Memory = Bytes(),
        Longs = Many(() => Number(long.MinValue, long.MaxValue)),
        Flags = [.. Many(Flip)],
        ByText = Entries(() => Text() ?? "", Int),
        ByNumber = Entries(() => Number(long.MinValue, long.MaxValue), () => Flip() ? (Mood?)null : Mood()),
        ByGuid = new SortedDictionary<Guid, List<int>>(Entries(Guid, () => new List<int>(Many(Int)))),
        ByEnum = Entries(Mood, () => Text() ?? ""),
        ByBool = Entries(Flip, () => new DateOnly(2000, 1, 1 + _random.Next(30))),
        ByReal = Entries(Real, () => (byte)_random.Next(256)),
        ByPoint = Entries(Point, Int),
        Pair = new KeyValuePair<string, int>(Text() ?? "", Int()),
        Named = (Int(), Text()),
        Unnamed = (Int(), Text(), Mood()),
        Long = (1, 2, 3, 4, 5, 6, Int(), Text() ?? "", (Number(long.MinValue, long.MaxValue), Flip())),
        Old = Flip() ? null : Tuple.Create(Int(), Text() ?? ""),
        Packed = Flip() ? null : Many(Real),
    };

    internal IShape? Shape(int depth = 0) => _random.Next(depth > 2 ? 3 : 4) switch
    {
        0 => null,
        1 => new Circle(Real()),
        2 => new Holder<Point> { Value = Point(), Maybe = Flip() ? null : Point() },
        _ => new Group(Many(() => Shape(depth + 1)), Text()),
    };

    internal Tree Tree(int depth = 0) => new()
    {
        Name = Text() ?? "",
        Children = depth > 2 || Flip() ? null : [.. Many(() => Tree(depth + 1))],
        Next = depth > 2 || Flip() ? null : Tree(depth + 1),
    };

    internal int[] Ints() => Many(Int);

    private bool Flip() => _random.Next(2) == 0;

    private T One<T>(params T[] values) => values[_random.Next(values.Length)];

    private T[] Many<T>(Func<T> make) => [.. Enumerable.Range(0, _random.Next(4)).Select(_ => make())];

    private Dictionary<TKey, TValue> Entries<TKey, TValue>(Func<TKey> key, Func<TValue> value)
        where TKey : notnull
    {
        var entries = new Dictionary<TKey, TValue>();
        for (int i = _random.Next(4); i > 0; i--)
        {
            entries[key()] = value();
        }

        return entries;
    }

    private long Number(long least, long most) => One(least, most, 0, 1, _random.NextInt64(least, most));

    private int Int() => (int)Number(int.MinValue, int.MaxValue);

    private double Real() => One(0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, 0.1, _random.NextDouble() * 1e10);

    private string? Text() => One(null, "", "plain", "\"quoted\" \\ / \u0001 \n", "Grüße, 世界 \ud83d\ude00", "5", "true", "NaN", "<&'>");

    private Guid Guid()
    {
        byte[] bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private DateTime Time() => One(
        DateTime.UnixEpoch, DateTime.MinValue, DateTime.MaxValue, new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));

    private byte[] Bytes()
    {
        byte[] bytes = new byte[_random.Next(5)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private Mood Mood() => One(Dynamic.Mood.Bad, Dynamic.Mood.Good, Dynamic.Mood.Best, (Mood)77);

    private Point Point() => new() { X = Int(), Y = Int() };
}
