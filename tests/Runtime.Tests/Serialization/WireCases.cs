// CS8620, CS8631: a formatter of a reference type formats null too; the generators here say string where the formatter says string?.
#pragma warning disable CS8620, CS8631

using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Numerics;
using System.Text;
using Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;
using Contracts.Ipc.Serialization.Formatters;
using FsCheck;
using FsCheck.Fluent;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

/// <summary>Every type of the catalogue.</summary>
internal static class WireCases
{
    public static IReadOnlyList<WireCase> All { get; } = [.. Scalars(), .. Sequences(), .. Maps(), .. Tuples(), .. Messages()];

    private static IEnumerable<WireCase> Scalars() =>
    [
        new WireCase<bool, BooleanFormatter>("bool", Gens.Boolean),
        new WireCase<byte, ByteFormatter>("byte", Gens.Int64.Select(n => (byte)n)),
        new WireCase<sbyte, SByteFormatter>("sbyte", Gens.Int64.Select(n => (sbyte)n)),
        new WireCase<short, Int16Formatter>("short", Gens.Int64.Select(n => (short)n)),
        new WireCase<ushort, UInt16Formatter>("ushort", Gens.Int64.Select(n => (ushort)n)),
        new WireCase<int, Int32Formatter>("int", Gens.Int32),
        new WireCase<uint, UInt32Formatter>("uint", Gens.Int64.Select(n => (uint)n)),
        new WireCase<long, Int64Formatter>("long", Gens.Int64),
        new WireCase<ulong, UInt64Formatter>("ulong", Gens.UInt64),
        new WireCase<float, SingleFormatter>("float", Gens.Single),
        new WireCase<double, DoubleFormatter>("double", Gens.Double),
        new WireCase<char, CharFormatter>("char", Gens.Int64.Select(n => (char)n)),
        new WireCase<Half, HalfFormatter>("Half", Gens.Int64.Select(n => BitConverter.Int16BitsToHalf((short)n)).Select(h => Half.IsNaN(h) ? Half.NaN : h)),
        new WireCase<decimal, DecimalFormatter>("decimal", Gens.Decimal, value => string.Join(' ', decimal.GetBits(value == 0 ? decimal.Abs(value) : value))), // a zero has no sign in text
        new WireCase<Int128, Int128Formatter>("Int128", Gens.UInt128.Select(n => (Int128)n)),
        new WireCase<UInt128, UInt128Formatter>("UInt128", Gens.UInt128),
        new WireCase<BigInteger, BigIntegerFormatter>("BigInteger", Gens.BigInteger),
        new WireCase<Complex, ComplexFormatter>("Complex", Gens.Double.Two().Select(p => new Complex(p.Item1, p.Item2))),
        new WireCase<Rune, RuneFormatter>("Rune", Gens.Rune),
        new WireCase<string?, StringFormatter>("string", Gens.NullableString),
        new WireCase<StringBuilder?, StringBuilderFormatter>("StringBuilder", Gens.NullableString.Select(s => s is null ? null : new StringBuilder(s)), value => value?.ToString()),
        new WireCase<Uri?, UriFormatter>("Uri", Gens.Uri.Select(u => (Uri?)u), value => value?.OriginalString),
        new WireCase<Version?, VersionFormatter>("Version", Gens.Version.Select(v => (Version?)v)),
        new WireCase<Guid, GuidFormatter>("Guid", Gens.Guid),
        new WireCase<DateTime, DateTimeFormatter>("DateTime", Gens.DateTime),
        new WireCase<DateTimeOffset, DateTimeOffsetFormatter>("DateTimeOffset", Gens.DateTimeOffset, value => (value.Ticks, value.Offset)),
        new WireCase<TimeSpan, TimeSpanFormatter>("TimeSpan", Gens.Int64.Select(n => new TimeSpan(n))),
        new WireCase<DateOnly, DateOnlyFormatter>("DateOnly", Gens.DateTime.Select(DateOnly.FromDateTime)),
        new WireCase<TimeOnly, TimeOnlyFormatter>("TimeOnly", Gens.DateTime.Select(TimeOnly.FromDateTime)),
        new WireCase<Level, EnumFormatter<Level, byte, ByteFormatter>>("enum", Gens.Int64.Select(n => (Level)(byte)n)),
        new WireCase<int?, NullableFormatter<int, Int32Formatter>>("int?", Gens.Nullable(Gens.Int32)),
        new WireCase<Guid?, NullableFormatter<Guid, GuidFormatter>>("Guid?", Gens.Nullable(Gens.Guid)),
        new WireCase<byte[]?, ByteArrayFormatter>("byte[]", Gens.Bytes.OrNull()),
        new WireCase<Memory<byte>, ByteMemoryFormatter>("Memory<byte>", Gens.Bytes.Select(b => b.AsMemory()), value => value.ToArray()),
        new WireCase<ReadOnlyMemory<byte>, ByteReadOnlyMemoryFormatter>("ReadOnlyMemory<byte>", Gens.Bytes.Select(b => (ReadOnlyMemory<byte>)b), value => value.ToArray()),
        new WireCase<ArraySegment<byte>, ByteArraySegmentFormatter>("ArraySegment<byte>", Gens.Bytes.Select(b => new ArraySegment<byte>(b, b.Length / 2, b.Length / 3)), value => value.ToArray()),
        new WireCase<BitArray?, BitArrayFormatter>("BitArray", Gens.BitArray.OrNull()),
    ];

    private static IEnumerable<WireCase> Sequences()
    {
        Gen<int[]> ints = Gens.Array(Gens.Int32);
        Gen<string?[]> strings = Gens.Array(Gens.NullableString);
        Gen<int[]> distinct = ints.Select(n => n.Distinct().ToArray());
        return
        [
            new WireCase<int[]?, ArrayFormatter<int, Int32Formatter>>("int[]", ints.OrNull()),
            new WireCase<long[]?, ArrayFormatter<long, Int64Formatter>>("long[]", Gens.Array(Gens.Int64).OrNull()),
            new WireCase<double[]?, ArrayFormatter<double, DoubleFormatter>>("double[]", Gens.Array(Gens.Double).OrNull()),
            new WireCase<float[]?, ArrayFormatter<float, SingleFormatter>>("float[]", Gens.Array(Gens.Single).OrNull()),
            new WireCase<bool[]?, ArrayFormatter<bool, BooleanFormatter>>("bool[]", Gens.Array(Gens.Boolean).OrNull()),
            new WireCase<string?[]?, ArrayFormatter<string?, StringFormatter>>("string[]", strings.OrNull()),
            new WireCase<int[]?[]?, ArrayFormatter<int[]?, ArrayFormatter<int, Int32Formatter>>>("int[][]", Gens.Array(ints.OrNull()).OrNull()),
            new WireCase<Memory<int>, MemoryFormatter<int, Int32Formatter>>("Memory<int>", ints.Select(n => n.AsMemory()), value => value.ToArray()),
            new WireCase<ReadOnlyMemory<int>, ReadOnlyMemoryFormatter<int, Int32Formatter>>("ReadOnlyMemory<int>", ints.Select(n => (ReadOnlyMemory<int>)n), value => value.ToArray()),
            new WireCase<ArraySegment<int>, ArraySegmentFormatter<int, Int32Formatter>>("ArraySegment<int>", ints.Select(n => new ArraySegment<int>(n, n.Length / 2, n.Length / 3)), value => value.ToArray()),
            new WireCase<int[,]?, Array2DFormatter<int, Int32Formatter>>("int[,]", Grid(2).Select(a => (int[,]?)a), Shape),
            new WireCase<int[,,]?, Array3DFormatter<int, Int32Formatter>>("int[,,]", Grid(3).Select(a => (int[,,]?)a), Shape),
            new WireCase<int[,,,]?, Array4DFormatter<int, Int32Formatter>>("int[,,,]", Grid(4).Select(a => (int[,,,]?)a), Shape),
            new WireCase<List<int>?, ListFormatter<int, Int32Formatter>>("List<int>", ints.Select(n => n.ToList()).OrNull()),
            new WireCase<List<string?>?, ListFormatter<string?, StringFormatter>>("List<string>", strings.Select(n => n.ToList()).OrNull()),
            new WireCase<IList<int>?, IListFormatter<int, Int32Formatter>>("IList<int>", ints.Select(n => (IList<int>?)n)),
            new WireCase<ICollection<int>?, ICollectionFormatter<int, Int32Formatter>>("ICollection<int>", distinct.Select(n => (ICollection<int>?)new SortedSet<int>(n))),
            new WireCase<IReadOnlyList<int>?, IReadOnlyListFormatter<int, Int32Formatter>>("IReadOnlyList<int>", ints.Select(n => (IReadOnlyList<int>?)n.ToImmutableArray())),
            new WireCase<IReadOnlyCollection<int>?, IReadOnlyCollectionFormatter<int, Int32Formatter>>("IReadOnlyCollection<int>", ints.Select(n => (IReadOnlyCollection<int>?)new Queue<int>(n))),
            new WireCase<IEnumerable<int>?, IEnumerableFormatter<int, Int32Formatter>>("IEnumerable<int>", ints.Select(n => (IEnumerable<int>?)n.Where(i => i != 3))),
            new WireCase<Collection<int>?, CollectionFormatter<int, Int32Formatter>>("Collection<int>", ints.Select(n => (Collection<int>?)new Collection<int>(n))),
            new WireCase<ObservableCollection<int>?, ObservableCollectionFormatter<int, Int32Formatter>>("ObservableCollection<int>", ints.Select(n => (ObservableCollection<int>?)new ObservableCollection<int>(n))),
            new WireCase<ReadOnlyCollection<int>?, ReadOnlyCollectionFormatter<int, Int32Formatter>>("ReadOnlyCollection<int>", ints.Select(n => (ReadOnlyCollection<int>?)n.AsReadOnly())),
            new WireCase<Queue<int>?, QueueFormatter<int, Int32Formatter>>("Queue<int>", ints.Select(n => new Queue<int>(n)).OrNull()),
            new WireCase<Stack<int>?, StackFormatter<int, Int32Formatter>>("Stack<int>", ints.Select(n => new Stack<int>(n)).OrNull()),
            new WireCase<LinkedList<int>?, LinkedListFormatter<int, Int32Formatter>>("LinkedList<int>", ints.Select(n => new LinkedList<int>(n)).OrNull()),
            new WireCase<ConcurrentQueue<int>?, ConcurrentQueueFormatter<int, Int32Formatter>>("ConcurrentQueue<int>", ints.Select(n => new ConcurrentQueue<int>(n)).OrNull()),
            new WireCase<ConcurrentStack<int>?, ConcurrentStackFormatter<int, Int32Formatter>>("ConcurrentStack<int>", ints.Select(n => new ConcurrentStack<int>(n)).OrNull()),
            new WireCase<HashSet<int>?, HashSetFormatter<int, Int32Formatter>>("HashSet<int>", distinct.Select(n => new HashSet<int>(n)).OrNull()),
            new WireCase<HashSet<string?>?, HashSetFormatter<string?, StringFormatter>>("HashSet<string>", strings.Select(n => new HashSet<string?>(n)).OrNull()),
            new WireCase<ISet<int>?, ISetFormatter<int, Int32Formatter>>("ISet<int>", distinct.Select(n => (ISet<int>?)new HashSet<int>(n))),
            new WireCase<IReadOnlySet<int>?, IReadOnlySetFormatter<int, Int32Formatter>>("IReadOnlySet<int>", distinct.Select(n => (IReadOnlySet<int>?)new HashSet<int>(n))),
            new WireCase<SortedSet<int>?, SortedSetFormatter<int, Int32Formatter>>("SortedSet<int>", distinct.Select(n => new SortedSet<int>(n)).OrNull()),
            new WireCase<ImmutableArray<int>, ImmutableArrayFormatter<int, Int32Formatter>>("ImmutableArray<int>", ints.Select(n => n.ToImmutableArray())),
            new WireCase<ImmutableList<int>?, ImmutableListFormatter<int, Int32Formatter>>("ImmutableList<int>", ints.Select(n => (ImmutableList<int>?)n.ToImmutableList())),
            new WireCase<IImmutableList<int>?, IImmutableListFormatter<int, Int32Formatter>>("IImmutableList<int>", ints.Select(n => (IImmutableList<int>?)n.ToImmutableList())),
            new WireCase<ImmutableQueue<int>?, ImmutableQueueFormatter<int, Int32Formatter>>("ImmutableQueue<int>", ints.Select(n => (ImmutableQueue<int>?)ImmutableQueue.CreateRange(n))),
            new WireCase<IImmutableQueue<int>?, IImmutableQueueFormatter<int, Int32Formatter>>("IImmutableQueue<int>", ints.Select(n => (IImmutableQueue<int>?)ImmutableQueue.CreateRange(n))),
            new WireCase<ImmutableStack<int>?, ImmutableStackFormatter<int, Int32Formatter>>("ImmutableStack<int>", ints.Select(n => (ImmutableStack<int>?)ImmutableStack.CreateRange(n))),
            new WireCase<IImmutableStack<int>?, IImmutableStackFormatter<int, Int32Formatter>>("IImmutableStack<int>", ints.Select(n => (IImmutableStack<int>?)ImmutableStack.CreateRange(n))),
            new WireCase<ImmutableSortedSet<int>?, ImmutableSortedSetFormatter<int, Int32Formatter>>("ImmutableSortedSet<int>", ints.Select(n => (ImmutableSortedSet<int>?)n.ToImmutableSortedSet())),
            new WireCase<byte[]?, PackedArrayFormatter<byte>>("[IpcPacked] byte[]", Gens.Bytes.OrNull()),
            new WireCase<int[]?, PackedArrayFormatter<int>>("[IpcPacked] int[]", ints.OrNull()),
            new WireCase<bool[]?, PackedArrayFormatter<bool>>("[IpcPacked] bool[]", Gens.Array(Gens.Boolean).OrNull()),
            new WireCase<List<long>?, PackedListFormatter<long>>("[IpcPacked] List<long>", Gens.Array(Gens.Int64).Select(n => n.ToList()).OrNull()),
            new WireCase<Memory<int>, PackedMemoryFormatter<int>>("[IpcPacked] Memory<int>", ints.Select(n => n.AsMemory()), value => value.ToArray()),
            new WireCase<ReadOnlyMemory<int>, PackedReadOnlyMemoryFormatter<int>>("[IpcPacked] ReadOnlyMemory<int>", ints.Select(n => (ReadOnlyMemory<int>)n), value => value.ToArray()),
        ];
    }

    private static IEnumerable<WireCase> Maps()
    {
        Gen<KeyValuePair<string, int>[]> byName = Gens.DistinctPairs(Gens.String, Gens.Int32);
        Gen<KeyValuePair<int, string?>[]> byNumber = Gens.DistinctPairs(Gens.Int32, Gens.NullableString);
        Gen<KeyValuePair<(int, long), int>[]> byTuple = Gens.DistinctPairs(Gens.Int32.Zip(Gens.Int64).Select(p => (p.Item1, p.Item2)), Gens.Int32);
        return
        [
            new WireCase<Dictionary<string, int>?, DictionaryFormatter<string, int, StringFormatter, Int32Formatter>>("Dictionary<string, int>", byName.Select(p => new Dictionary<string, int>(p)).OrNull()),
            new WireCase<Dictionary<int, string?>?, DictionaryFormatter<int, string?, Int32Formatter, StringFormatter>>("Dictionary<int, string>", byNumber.Select(p => new Dictionary<int, string?>(p)).OrNull()),
            new WireCase<Dictionary<(int, long), int>?, DictionaryFormatter<(int, long), int, ValueTupleFormatter<int, long, Int32Formatter, Int64Formatter>, Int32Formatter>>("Dictionary<(int, long), int>", byTuple.Select(p => new Dictionary<(int, long), int>(p)).OrNull()),
            new WireCase<IDictionary<int, string?>?, IDictionaryFormatter<int, string?, Int32Formatter, StringFormatter>>("IDictionary<int, string>", byNumber.Select(p => (IDictionary<int, string?>?)new Dictionary<int, string?>(p))),
            new WireCase<IReadOnlyDictionary<int, string?>?, IReadOnlyDictionaryFormatter<int, string?, Int32Formatter, StringFormatter>>("IReadOnlyDictionary<int, string>", byNumber.Select(p => (IReadOnlyDictionary<int, string?>?)new Dictionary<int, string?>(p))),
            new WireCase<ReadOnlyDictionary<int, string?>?, ReadOnlyDictionaryFormatter<int, string?, Int32Formatter, StringFormatter>>("ReadOnlyDictionary<int, string>", byNumber.Select(p => (ReadOnlyDictionary<int, string?>?)new Dictionary<int, string?>(p).AsReadOnly())),
            new WireCase<SortedDictionary<int, string?>?, SortedDictionaryFormatter<int, string?, Int32Formatter, StringFormatter>>("SortedDictionary<int, string>", byNumber.Select(p => (SortedDictionary<int, string?>?)new SortedDictionary<int, string?>(new Dictionary<int, string?>(p)))),
            new WireCase<SortedList<int, string?>?, SortedListFormatter<int, string?, Int32Formatter, StringFormatter>>("SortedList<int, string>", byNumber.Select(p => (SortedList<int, string?>?)new SortedList<int, string?>(new Dictionary<int, string?>(p)))),
            new WireCase<ImmutableSortedDictionary<int, string?>?, ImmutableSortedDictionaryFormatter<int, string?, Int32Formatter, StringFormatter>>("ImmutableSortedDictionary<int, string>", byNumber.Select(p => (ImmutableSortedDictionary<int, string?>?)p.ToImmutableSortedDictionary())),
            new WireCase<KeyValuePair<int, string?>, KeyValuePairFormatter<int, string?, Int32Formatter, StringFormatter>>("KeyValuePair<int, string>", Gens.Int32.Zip(Gens.NullableString).Select(p => KeyValuePair.Create(p.Item1, p.Item2))),
        ];
    }

    private static IEnumerable<WireCase> Tuples()
    {
        Gen<int> n = Gens.Int32;
        Gen<int[]> eight = Gen.ArrayOf(n, 8);
        return
        [
            new WireCase<Tuple<int>?, TupleFormatter<int, Int32Formatter>>("Tuple 1", n.Select(Tuple.Create).OrNull()),
            new WireCase<Tuple<int, string?>?, TupleFormatter<int, string?, Int32Formatter, StringFormatter>>("Tuple 2", n.Zip(Gens.NullableString).Select(p => Tuple.Create(p.Item1, p.Item2)).OrNull()),
            new WireCase<Tuple<int, int, int, int, int, int, int>?, TupleFormatter<int, int, int, int, int, int, int, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter>>("Tuple 7", eight.Select(a => Tuple.Create(a[0], a[1], a[2], a[3], a[4], a[5], a[6])).OrNull()),
            new WireCase<Tuple<int, int, int, int, int, int, int, Tuple<int>>?, TupleFormatter<int, int, int, int, int, int, int, Tuple<int>, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, TupleFormatter<int, Int32Formatter>>>("Tuple 8", eight.Select(a => Tuple.Create(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7])).OrNull()),
            new WireCase<ValueTuple<int>, ValueTupleFormatter<int, Int32Formatter>>("ValueTuple 1", n.Select(ValueTuple.Create)),
            new WireCase<(int, string?), ValueTupleFormatter<int, string?, Int32Formatter, StringFormatter>>("ValueTuple 2", n.Zip(Gens.NullableString).Select(p => (p.Item1, p.Item2))),
            new WireCase<(int, int, int), ValueTupleFormatter<int, int, int, Int32Formatter, Int32Formatter, Int32Formatter>>("ValueTuple 3", eight.Select(a => (a[0], a[1], a[2]))),
            new WireCase<(int, int, int, int, int, int, int, int), ValueTupleFormatter<int, int, int, int, int, int, int, ValueTuple<int>, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, ValueTupleFormatter<int, Int32Formatter>>>("ValueTuple 8", eight.Select(a => (a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]))),
        ];
    }

    private static IEnumerable<WireCase> Messages()
    {
        Gen<Item> items = Gens.Int32.Zip(Gens.String, (id, name) => (id, name)).Zip(Gens.Double, (p, price) => new Item(p.id, p.name, price));
        return
        [
            new WireCase<Pair?, PairFormatter>("pair", Gens.Int32.Two().Select(p => new Pair(p.Item1, p.Item2)).OrNull()),
            new WireCase<Item?, ItemFormatter>("integer-keyed record", items.OrNull()),
            new WireCase<NamedItem?, NamedItemFormatter>("name-keyed record", items.Select(i => new NamedItem(i.Id, i.Name, i.Price)).OrNull()),
            new WireCase<List<Item>?, ItemListFormatter>("list of records", Gens.Array(items).Select(i => i.ToList()).OrNull()),
            new WireCase<Dictionary<string, Item>?, ItemDictionaryFormatter>("dictionary of records", Gens.DistinctPairs(Gens.String, items).Select(p => new Dictionary<string, Item>(p)).OrNull()),
            new WireCase<Shape?, ShapeFormatter>("union", Gen.OneOf(Gens.Double.Select(r => (Shape)new Circle(r)), Gens.Int32.Two().Select(p => (Shape)new Rectangle(p.Item1, p.Item2))).OrNull()),
            new WireCase<Shipment?, ShipmentFormatter>("nested records", items.Zip(Gens.Int32, (item, n) => new Shipment(n, new Order(n, new Customer(item.Name, new Address(item.Name, "", n), n), item.Price), n % 2 == 0)).OrNull()),
            new WireCase<Node?, NodeFormatter>("recursive class", Gens.Array(Gens.Int32).Select(n => (Node?)Chain(n)), value => string.Join(';', Links(value))),
        ];
    }

    private static Node Chain(int[] numbers)
    {
        var node = new Node { Values = numbers };
        for (int i = 0; i < numbers.Length && i < 50; i++)
        {
            node = new Node { Name = numbers[i].ToString(System.Globalization.CultureInfo.InvariantCulture), Level = (Level)(byte)numbers[i], Next = node };
        }

        return node;
    }

    private static IEnumerable<string> Links(Node? node)
    {
        for (; node is not null; node = node.Next)
        {
            yield return $"{node.Name} {node.Level} {string.Join(',', node.Values ?? [])}";
        }
    }

    private static Gen<Array> Grid(int rank)
        => Gen.ArrayOf(Gen.Choose(0, 4), rank).SelectMany(lengths => Gen.ArrayOf(Gens.Int32, lengths.Aggregate(1, (a, b) => a * b)).Select(numbers =>
        {
            var grid = Array.CreateInstance(typeof(int), lengths);
            Buffer.BlockCopy(numbers, 0, grid, 0, numbers.Length * sizeof(int));
            return grid;
        }));

    private static string Shape(Array? grid)
        => $"{string.Join('x', Enumerable.Range(0, grid!.Rank).Select(grid.GetLength))}: {string.Join(',', grid.Cast<int>())}";
}
