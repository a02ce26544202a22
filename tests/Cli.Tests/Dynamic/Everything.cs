#pragma warning disable CA1720 // Members are called like their types: each is there for its type alone.
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Numerics;
using System.Text;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Cli.Tests.Dynamic;

/// <summary>Open: values without a name come and go too.</summary>
[IpcOpen]
public enum Mood : short
{
    Bad = -1,
    Good = 1,
    Best = short.MaxValue,
}

[Flags]
public enum Rights : ulong
{
    None = 0,
    Read = 1,
    Write = 2,
    ReadWrite = Read | Write,
    Top = 1UL << 63,
}

[IpcMessage]
public sealed class Scalars
{
    [IpcKey(0)] public bool Bool { get; set; }
    [IpcKey(1)] public byte Byte { get; set; }
    [IpcKey(2)] public sbyte SByte { get; set; }
    [IpcKey(3)] public short Short { get; set; }
    [IpcKey(4)] public ushort UShort { get; set; }
    [IpcKey(5)] public int Int { get; set; }
    [IpcKey(6)] public uint UInt { get; set; }
    [IpcKey(7)] public long Long { get; set; }
    [IpcKey(8)] public ulong ULong { get; set; }
    [IpcKey(9)] public Int128 Int128 { get; set; }
    [IpcKey(10)] public UInt128 UInt128 { get; set; }
    [IpcKey(11)] public BigInteger Big { get; set; }
    [IpcKey(12)] public float Float { get; set; }
    [IpcKey(13)] public double Double { get; set; }
    [IpcKey(14)] public Half Half { get; set; }
    [IpcKey(15)] public decimal Decimal { get; set; }
    [IpcKey(16)] public Complex Complex { get; set; }
    [IpcKey(18)] public char Char { get; set; }
    [IpcKey(19)] public Rune Rune { get; set; }
    [IpcKey(20)] public string? Text { get; set; }
    [IpcKey(21)] public StringBuilder? Builder { get; set; }
    [IpcKey(22)] public Guid Guid { get; set; }
    [IpcKey(23)] public Uri? Uri { get; set; }
    [IpcKey(24)] public Version? Version { get; set; }
    [IpcKey(25)] public DateTime Time { get; set; }
    [IpcKey(26)] public DateTimeOffset Offset { get; set; }
    [IpcKey(27)] public TimeSpan Span { get; set; }
    [IpcKey(28)] public DateOnly Date { get; set; }
    [IpcKey(29)] public TimeOnly TimeOfDay { get; set; }
    [IpcKey(30)] public byte[]? Bytes { get; set; }
    [IpcKey(31)] public BitArray? Bits { get; set; }
    [IpcKey(32)] public Mood Mood { get; set; }
    [IpcKey(33)] public Rights Rights { get; set; }
    [IpcKey(34)] public DayOfWeek Day { get; set; }
    [IpcKey(35)] public int? MaybeInt { get; set; }
    [IpcKey(36)] public Mood? MaybeMood { get; set; }
    [IpcKey(37)] public Point? MaybePoint { get; set; }
}

public struct Point
{
    public int X { get; set; }

    public int Y { get; set; }
}

public sealed class Collections
{
    public int[] Array { get; set; } = [];
    public int[]?[] Jagged { get; set; } = [];
    public string[,]? Grid { get; set; }
    public Point[,,]? Cube { get; set; }
    public List<string?> List { get; set; } = [];
    public IReadOnlyList<Point> Points { get; set; } = [];
    public HashSet<Guid> Set { get; set; } = [];
    public FrozenSet<int> Frozen { get; set; } = FrozenSet<int>.Empty;
    public Queue<double> Queue { get; set; } = new();
    public ImmutableArray<byte> Immutable { get; set; } = [];
    public ConcurrentBag<int> Bag { get; set; } = [];
    public ReadOnlyMemory<byte> Memory { get; set; }
    public ReadOnlyMemory<long> Longs { get; set; }
    public ObservableCollection<bool> Flags { get; set; } = [];
    public Dictionary<string, int> ByText { get; set; } = [];
    public IReadOnlyDictionary<long, Mood?> ByNumber { get; set; } = new Dictionary<long, Mood?>();
    public SortedDictionary<Guid, List<int>> ByGuid { get; set; } = [];
    public Dictionary<Mood, string> ByEnum { get; set; } = [];
    public Dictionary<bool, DateOnly> ByBool { get; set; } = [];
    public Dictionary<double, byte> ByReal { get; set; } = [];
    public Dictionary<Point, int> ByPoint { get; set; } = [];
    public KeyValuePair<string, int> Pair { get; set; }
    public (int A, string? B) Named { get; set; }
    public (int, string?, Mood) Unnamed { get; set; }
    public (int, int, int, int, int, int, int, string, (long Deep, bool Flag)) Long { get; set; }
    public Tuple<int, string>? Old { get; set; }
    [IpcPacked] public double[]? Packed { get; set; }
}

[Union(0, typeof(Circle)), Union(5, typeof(Group)), Union(9, typeof(Holder<Point>)), IpcReserved(3, "Square"), IpcOpen(typeof(OtherShape))]
public interface IShape;

public sealed record Circle(double Radius) : IShape;

public sealed record OtherShape(int Tag) : IShape;

[IpcMessage]
public sealed record Group([property: IpcKey(1)] IShape?[] Shapes, [property: IpcKey(4)] string? Title) : IShape;

public sealed class Holder<T> : IShape
    where T : struct
{
    public T Value { get; set; }

    public T? Maybe { get; set; }
}

public sealed class Tree
{
    public string Name { get; set; } = "";

    public List<Tree>? Children { get; set; }

    public Tree? Next { get; set; }
}

/// <summary>Written by a formatter that nobody but this program has.</summary>
[IpcFormatter(typeof(MoneyFormatter))]
public readonly record struct Money(long Cents, string Currency);

public readonly struct MoneyFormatter : IMessageFormatter<Money>
{
    public static void Write(ref MessagePackWriter writer, Money value)
    {
        writer.WriteMapHeader(2);
        writer.Write("cents");
        writer.Write(value.Cents);
        writer.Write("currency");
        writer.Write(value.Currency);
    }

    public static Money Read(ref MessagePackReader reader)
    {
        _ = reader.ReadMapHeader();
        _ = reader.ReadString();
        long cents = reader.ReadInt64();
        _ = reader.ReadString();
        return new Money(cents, reader.ReadString()!);
    }
}

[IpcMessage]
public sealed record Denied([property: IpcKey(0)] string Who, [property: IpcKey(1)] Rights Missing);

[IpcService(Name = "tests.everything")]
[IpcFault(typeof(Denied))]
public partial interface IEverything
{
    ValueTask<Scalars> ScalarsAsync(Scalars value);

    ValueTask<Collections> CollectionsAsync(Collections value);

    ValueTask<IShape?> ShapeAsync(IShape? value);

    ValueTask<Tree> TreeAsync(Tree value);

    Money Pay(Money value, List<Money> more);

    [return: IpcPacked]
    int[] Packed([IpcPacked] int[] value);

    [IpcMethod(Name = "sum", TimeoutMilliseconds = 5000)]
    int Add(int left, int right = 10, Mood mood = Mood.Good, CancellationToken cancellationToken = default);

    ValueTask NothingAsync();

    [OneWay]
    ValueTask NoteAsync(string text);

    ValueTask<string> NotedAsync();

    void Fail(string why);
}

public sealed class Everything : IEverything
{
    private readonly TaskCompletionSource<string> _noted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is answered instead of what was sent.</summary>
    public object? Answer { get; set; }

    public ValueTask<Scalars> ScalarsAsync(Scalars value) => new(Answer as Scalars ?? value);

    public ValueTask<Collections> CollectionsAsync(Collections value) => new(Answer as Collections ?? value);

    public ValueTask<IShape?> ShapeAsync(IShape? value) => new(Answer as IShape ?? value);

    public ValueTask<Tree> TreeAsync(Tree value) => new(Answer as Tree ?? value);

    public Money Pay(Money value, List<Money> more) => value with { Cents = value.Cents + more.Sum(static money => money.Cents) };

    public int[] Packed(int[] value) => Answer as int[] ?? value;

    public int Add(int left, int right, Mood mood, CancellationToken cancellationToken) => left + right + (int)mood;

    public ValueTask NothingAsync() => default;

    public ValueTask NoteAsync(string text)
    {
        _noted.SetResult(text);
        return default;
    }

    public ValueTask<string> NotedAsync() => new(_noted.Task);

    public void Fail(string why)
        => throw (why == "declared" ? new IpcFaultException<Denied>(new Denied("you", Rights.Write | Rights.Top), "Not you.") : new InvalidOperationException(why));
}
