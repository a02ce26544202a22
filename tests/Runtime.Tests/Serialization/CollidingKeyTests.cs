using System.Diagnostics;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

public sealed class CollidingKeyTests
{
    private const int Count = 100_000;

    // The number of buckets that a table of so many keys has.
    private const int Prime = 108_631;

    // Keys that meet in one or two buckets under the hash functions of .NET.
    [Fact]
    public void Keys_that_collide_under_their_own_hash_cost_no_more_than_others()
    {
        Compare<int, Int32Formatter>(i => i < 39_000 ? (i - 19_500) * Prime : i, i => i);
        Compare<long, Int64Formatter>(i => ((long)i << 32) | (uint)i, i => i * 77_777L);
        Compare<ulong, UInt64Formatter>(i => ((ulong)i << 32) | (uint)i, i => (ulong)i * 77_777);
        Compare<double, DoubleFormatter>(i => BitConverter.Int64BitsToDouble(((long)i << 32) | (uint)i), i => i);
        Compare<Guid, GuidFormatter>(i => new Guid(i, 0, 0, BitConverter.GetBytes((long)i << 32)), i => new Guid(i, 7, 9, new byte[8]));
        Compare<TimeSpan, TimeSpanFormatter>(i => new TimeSpan(((long)i << 32) | (uint)i), i => new TimeSpan(i * 77_777L));
    }

    [Fact]
    public void Equal_numbers_are_equal_keys_whatever_their_bits()
    {
        Assert.Single(Codec.Read<HashSet<double>?, HashSetFormatter<double, DoubleFormatter>>(Codec.Hex("92cb0000000000000000cb8000000000000000"))!);
        Assert.Single(Codec.Read<HashSet<double>?, HashSetFormatter<double, DoubleFormatter>>(Codec.Hex("92cb7ff8000000000000cbfff8000000000001"))!);
        Assert.Single(Codec.Read<HashSet<float>?, HashSetFormatter<float, SingleFormatter>>(Codec.Hex("92ca00000000ca80000000"))!);
        Assert.Single(Codec.Read<HashSet<decimal>?, HashSetFormatter<decimal, DecimalFormatter>>(Codec.Hex("92a3312e30a4312e3030"))!);
        Assert.Single(Codec.Read<HashSet<DateTimeOffset>?, HashSetFormatter<DateTimeOffset, DateTimeOffsetFormatter>>(Codec.Hex("9292d6ff000000000092d6ff00000e103c"))!);
    }

    [Fact]
    public void A_type_with_a_weak_hash_of_its_own_is_refused_before_it_is_slow()
    {
        var weak = new HashSet<Weak>(Enumerable.Range(0, 500).Select(i => new Weak(i)));
        Assert.Equal(500, Codec.Read<HashSet<Weak>?, HashSetFormatter<Weak, WeakFormatter>>(Codec.Write<HashSet<Weak>?, HashSetFormatter<Weak, WeakFormatter>>(weak))!.Count);

        byte[] many = Codec.Write<int[]?, ArrayFormatter<int, Int32Formatter>>([.. Enumerable.Range(0, Count)]);
        IpcSerializationException error = Codec.Fails<HashSet<Weak>?, HashSetFormatter<Weak, WeakFormatter>>(many);
        Assert.Contains("equal hash codes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_was_read_belongs_to_the_program()
    {
        byte[] message = Codec.Write<int[]?, ArrayFormatter<int, Int32Formatter>>([.. Enumerable.Range(0, 700)]);
        HashSet<Weak> set = Codec.Read<HashSet<Weak>?, HashSetFormatter<Weak, WeakFormatter>>(message)!;
        for (int i = 0; i < 2000; i++)
        {
            Assert.Contains(new Weak(699), set);
        }
    }

    private readonly record struct Weak(int Number)
    {
        public override int GetHashCode() => 1;
    }

    private readonly struct WeakFormatter : IMessageFormatter<Weak>
    {
        public static void Write(ref MessagePackWriter writer, Weak value) => writer.Write(value.Number);

        public static Weak Read(ref MessagePackReader reader) => new(reader.ReadInt32());
    }

    private static void Compare<T, TFormatter>(Func<int, T> colliding, Func<int, T> other)
        where T : notnull
        where TFormatter : struct, IMessageFormatter<T>
    {
        Assert.True(Enumerable.Range(0, Count).Select(colliding).CountBy(key => (uint)key.GetHashCode() % Prime).Max(bucket => bucket.Value) > 19_000);
        byte[] hostile = Message<T, TFormatter>(colliding);
        byte[] honest = Message<T, TFormatter>(other);
        TimeSpan usual = Time<T, TFormatter>(honest);
        TimeSpan worst = Time<T, TFormatter>(hostile);

        // Colliding keys of this number take minutes. The floor forgives a busy machine.
        Assert.True(worst < (usual * 10) + TimeSpan.FromMilliseconds(300), $"{typeof(T).Name}: {worst} against {usual}");
    }

    private static byte[] Message<T, TFormatter>(Func<int, T> key)
        where T : notnull
        where TFormatter : struct, IMessageFormatter<T>
        => Codec.Write<Dictionary<T, bool>?, DictionaryFormatter<T, bool, TFormatter, BooleanFormatter>>(
            Enumerable.Range(0, Count).Select(key).Distinct(KeyComparer.For<T>()).ToDictionary(k => k, _ => true, KeyComparer.For<T>()));

    private static TimeSpan Time<T, TFormatter>(byte[] message)
        where T : notnull
        where TFormatter : struct, IMessageFormatter<T>
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            Dictionary<T, bool> read = Codec.Read<Dictionary<T, bool>?, DictionaryFormatter<T, bool, TFormatter, BooleanFormatter>>(message)!;
            Assert.True(read.Count > Count / 2);
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, watch.Elapsed.Ticks));
        }

        return best;
    }
}
