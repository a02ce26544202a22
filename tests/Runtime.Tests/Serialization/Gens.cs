using System.Collections;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

/// <summary>
/// Generators that reach every wire form: integers of every width, strings of every header, times before 1970 and beyond 2514.
/// </summary>
internal static class Gens
{
    public static Gen<ulong> Bits { get; } =
        from a in Gen.Choose(0, 0xFFFF)
        from b in Gen.Choose(0, 0xFFFF)
        from c in Gen.Choose(0, 0xFFFF)
        from d in Gen.Choose(0, 0xFFFF)
        select ((ulong)a << 48) | ((ulong)b << 32) | ((ulong)c << 16) | (uint)d;

    /// <summary>As many small numbers as large ones, both signs, and the edges of every form.</summary>
    public static Gen<long> Int64 { get; } = Gen.OneOf(
        from bits in Bits
        from shift in Gen.Choose(0, 63)
        select (long)bits >> shift,
        from edge in Gen.Elements(0L, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, int.MaxValue, 0x80000000, 0xFFFFFFFF, 0x100000000, long.MaxValue, -32, -33, -128, -129, short.MinValue, short.MinValue - 1, int.MinValue, int.MinValue - 1L, long.MinValue)
        from near in Gen.Choose(-1, 1)
        select unchecked(edge + near));

    public static Gen<ulong> UInt64 { get; } = Int64.Select(n => (ulong)n);

    public static Gen<int> Int32 { get; } = Int64.Select(n => n is >= int.MinValue and <= int.MaxValue ? (int)n : (int)(n >> 32));

    public static Gen<bool> Boolean { get; } = Gen.Elements(false, true);

    public static Gen<double> Double { get; } = Gen.OneOf(
        Bits.Select(BitConverter.UInt64BitsToDouble),
        Gen.Elements(0.0, -0.0, 1, -1.5, double.NaN, double.Epsilon, double.PositiveInfinity, double.MinValue));

    public static Gen<float> Single { get; } = Gen.OneOf(
        Bits.Select(bits => BitConverter.UInt32BitsToSingle((uint)bits)),
        Gen.Elements(0f, -0f, 1, float.NaN, float.Epsilon, float.NegativeInfinity));

    public static Gen<decimal> Decimal { get; } =
        from low in Bits
        from high in Bits
        from scale in Gen.Choose(0, 28)
        from width in Gen.Choose(0, 63)
        select new decimal((int)(low >> width), (int)(low >> 32 >> (width / 2)), (int)(high >> width), (high & 1) != 0, (byte)scale);

    public static Gen<Rune> Rune { get; } = Gen.Frequency(
        (6, Gen.Choose(0x20, 0x7E)),
        (2, Gen.Choose(0x80, 0xD7FF)),
        (1, Gen.Choose(0x10000, 0x10FFFF))).Select(n => new Rune(n));

    /// <summary>ASCII and everything else, of every length of header.</summary>
    public static Gen<string> String { get; } = Gen.OneOf(
        Gen.Choose(0, 40).SelectMany(length => Text(Gen.Choose(0x20, 0x7E).Select(n => new Rune(n)), length)),
        Gen.Choose(0, 40).SelectMany(length => Text(Rune, length)),
        Gen.Frequency((30, Gen.Choose(41, 300)), (1, Gen.Choose(4_000, 70_000))).SelectMany(length => Rune.Select(rune => Repeat(rune, length))));

    public static Gen<string?> NullableString { get; } = Gen.Frequency((9, String.Select(s => (string?)s)), (1, Gen.Constant<string?>(null)));

    public static Gen<DateTime> DateTime { get; } = Gen.OneOf(
        Bits.Select(bits => (long)(bits % (ulong)System.DateTime.MaxValue.Ticks)),
        Gen.Choose(0, int.MaxValue).Select(seconds => System.DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond)),
        Gen.Choose(0, int.MaxValue).Select(rest => System.DateTime.UnixEpoch.Ticks + ((1L << 34) * TimeSpan.TicksPerSecond) - 1_000_000_000 + rest),
        Gen.Elements(0, System.DateTime.MaxValue.Ticks, System.DateTime.UnixEpoch.Ticks, System.DateTime.UnixEpoch.Ticks - 1)).Select(ticks => new DateTime(ticks, DateTimeKind.Utc));

    public static Gen<DateTimeOffset> DateTimeOffset { get; } =
        from time in DateTime
        from minutes in Gen.Choose(-840, 840)
        where (ulong)(time.Ticks - (minutes * TimeSpan.TicksPerMinute)) <= (ulong)System.DateTime.MaxValue.Ticks
        select new DateTimeOffset(time.Ticks, TimeSpan.FromMinutes(minutes));

    public static Gen<Guid> Guid { get; } =
        from a in Bits
        from b in Bits
        select new Guid([.. BitConverter.GetBytes(a), .. BitConverter.GetBytes(b)]);

    public static Gen<UInt128> UInt128 { get; } =
        from a in Bits
        from b in Bits
        select new UInt128(a, b);

    public static Gen<byte[]> Bytes { get; } = Gen.Frequency((10, Gen.Choose(0, 300)), (1, Gen.Choose(60_000, 70_000)))
        .SelectMany(length => Bits.Select(bits => Enumerable.Range(0, length).Select(i => (byte)(bits >> (i % 57))).ToArray()));

    public static Gen<BigInteger> BigInteger { get; } = Bytes.Select(bytes => new BigInteger(bytes));

    public static Gen<BitArray> BitArray { get; } = Array(Boolean).Select(bits => new BitArray(bits));

    public static Gen<Version> Version { get; } =
        from a in Gen.Choose(0, int.MaxValue)
        from b in Gen.Choose(0, 99)
        from c in Gen.Choose(-1, 99)
        from d in Gen.Choose(-1, 99)
        select c < 0 ? new Version(a, b) : d < 0 ? new Version(a, b, c) : new Version(a, b, c, d);

    public static Gen<Uri> Uri { get; } = Gen.Elements("http://example.org/a?b=c#d", "relative/path", "file:///tmp/x y", "urn:isbn:1", "http://bücher.example/ä")
        .Select(text => new Uri(text, UriKind.RelativeOrAbsolute));

    /// <summary>Mostly short, sometimes longer than the 15 that fit a one-byte header, seldom longer than a 16-bit count.</summary>
    public static Gen<T[]> Array<T>(Gen<T> element)
        => Gen.Frequency((20, Gen.Choose(0, 15)), (10, Gen.Choose(16, 80)), (1, Gen.Choose(500, 700))).SelectMany(length => Gen.ArrayOf(element, length));

    public static Gen<T?> Nullable<T>(Gen<T> value)
        where T : struct
        => Gen.Frequency((4, value.Select(v => (T?)v)), (1, Gen.Constant<T?>(null)));

    public static Gen<KeyValuePair<TKey, TValue>[]> DistinctPairs<TKey, TValue>(Gen<TKey> key, Gen<TValue> value)
        => Array(key.Zip(value)).Select(pairs => pairs.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)).ToArray());

    private static Gen<string> Text(Gen<Rune> rune, int length)
        => Gen.ArrayOf(rune, length).Select(runes => string.Concat(runes.Select(r => r.ToString())));

    private static string Repeat(Rune rune, int length)
        => new StringBuilder().Insert(0, rune.ToString(), length).ToString();
}
