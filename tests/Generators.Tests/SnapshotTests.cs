using Contracts.Ipc.Generators.Tests.Harness;

namespace Contracts.Ipc.Generators.Tests;

/// <summary>What the generator writes, to be read: every snapshot also compiles without warnings.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void A_contract_with_one_method() => Check(
        """
        namespace Acme;

        [IpcService]
        public partial interface ICalculator
        {
            ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken = default);
        }
        """);

    [Fact]
    public void Every_way_to_return() => Check(
        """
        namespace Acme;

        [IpcService(Name = "acme.returns")]
        public partial interface IReturns
        {
            void Nothing();
            int Value(string text);
            Task TaskAsync();
            Task<string?> TaskOfValueAsync();
            ValueTask ValueTaskAsync(CancellationToken cancellationToken);
            ValueTask<double> ValueTaskOfValueAsync();
            [OneWay] void Post(int value);
            [OneWay] Task PostTaskAsync(int value);
            [OneWay] ValueTask PostAsync(int value, CancellationToken cancellationToken = default);
        }
        """);

    [Fact]
    public void Options_and_faults() => Check(
        """
        namespace Acme;

        public sealed record OutOfStock(string Article, int Available);

        public sealed record Forbidden(string User);

        [IpcService]
        [IpcFault(typeof(Forbidden))]
        public partial interface IStore
        {
            [IpcMethod(Name = "take", TimeoutMilliseconds = 500, Idempotent = true)]
            [IpcFault(typeof(OutOfStock))]
            ValueTask<int> TakeAsync(string article);

            [IpcMethod(TimeoutMilliseconds = -1, Priority = 7)]
            ValueTask WaitAsync();
        }
        """);

    [Fact]
    public void A_contract_for_signals() => Check(
        """
        namespace Acme;

        [IpcService(Name = "acme.alarm", Signals = true)]
        public partial interface IAlarm
        {
            [OneWay] void Ring();
        }
        """);

    [Fact]
    public void Default_values_and_names_that_collide() => Check(
        """
        namespace Acme;

        public enum Color { Red = -1, Green }

        [IpcService]
        public partial interface INames
        {
            int @class(int @event, string? service = null, long call = 5, Color arguments = Color.Red, double count = 0.5, byte writer = 3);
            string ToString(int next);
            void Proxy(int Methods, int Stubs = 1);
            void Call(string text = "a\"b\n");
            [IpcMethod(Name = "Call2")] void Call(int? value = 7, Color? color = Color.Green, DateTime time = default, char c = 'x');
        }
        """);

    [Fact]
    public void Messages_with_integer_keys() => Check(
        """
        namespace Acme;

        public enum Level : byte { Low, High = 200 }

        [IpcMessage]
        public sealed record Item([property: IpcKey(0)] int Id, [IpcKey(1)] string Name, [property: IpcKey(2)] double Price = 9.5);

        [IpcMessage]
        public class Node
        {
            [IpcKey(0)] public string Name { get; set; } = "unnamed";
            [IpcKey(2)] public Level Level { get; set; } = Level.High;
            [IpcKey(3)] public Node? Next { get; private set; }
            [IpcKey(4)] public List<Item> Items { get; init; } = [];
            [IpcKey(5)] public int Count => Items.Count;
            [IpcIgnore] public object? Tag { get; set; }
        }

        [IpcMessage]
        public readonly record struct Point([property: IpcKey(0)] float X, [property: IpcKey(1)] float Y);

        [IpcService]
        public partial interface IKeyed
        {
            ValueTask<Node> EchoAsync(Node node, Item[] items, Point point);
        }
        """);

    [Fact]
    public void Messages_by_name() => Check(
        """
        namespace Acme;

        public sealed class Order
        {
            public required string Id { get; init; }
            public Guid Customer { get; private set; }
            public IReadOnlyList<string> Notes { get; internal set; } = [];
            public Dictionary<string, int[]>? Amounts;
            public char @class;
        }

        public sealed record Mixed(int A, string B = "b")
        {
            public int C { get; init; } = 7;
            public string? D { get; set; }
        }

        public sealed class Page<T>
            where T : class
        {
            public required IReadOnlyList<T> Items { get; init; }
            public int Total { get; init; }
        }

        public struct Range
        {
            public int From { get; init; }
            public int To { get; set; }
        }

        [IpcService]
        public partial interface INamed
        {
            ValueTask<Page<Order>> FindAsync(Mixed mixed, Range range);
        }
        """);

    [Fact]
    public void A_union() => Check(
        """
        namespace Acme;

        [Union(0, typeof(Circle))]
        [Union(1, typeof(Square))]
        [Union(2, typeof(Group))]
        public abstract record Shape;

        public record Circle(double Radius) : Shape;

        public sealed record Square(double Side) : Circle(Side);

        public sealed record Group(IReadOnlyList<Shape> Shapes) : Shape;

        [IpcService]
        public partial interface IShapes
        {
            ValueTask<Shape?> LargestAsync(List<Shape> shapes);
        }
        """);

    [Fact]
    public void Inherited_contracts() => Check(
        """
        namespace Acme;

        public interface IStore<T>
        {
            ValueTask<T> LoadAsync(int id);
        }

        [IpcService]
        public partial interface IBase : IDisposable
        {
            ValueTask<int> SameAsync();
        }

        [IpcService]
        public partial interface ILeft : IBase, IAsyncDisposable
        {
            void Left();
        }

        [IpcService]
        public partial interface IRight : IBase
        {
            new ValueTask<int> SameAsync();
        }

        [IpcService]
        public partial interface IDiamond : ILeft, IRight, IStore<string>
        {
            int Local() => 5;
        }
        """);

    [Fact]
    public void A_foreign_contract_and_a_private_one() => Check(
        """
        public interface IForeign
        {
            int Add(int a, int b);
        }

        namespace Acme
        {
            [IpcContractFor(typeof(IForeign), Name = "foreign")]
            internal static partial class ForeignContract;

            public partial class Outer
            {
                private partial record struct Inner
                {
                    [IpcService]
                    private partial interface IPrivate
                    {
                        void Run();
                    }
                }
            }
        }
        """);

    [Fact]
    public void Messages_annotated_for_others() => Check(
        """
        using System.Runtime.Serialization;
        using MessagePack;

        namespace MessagePack
        {
            public sealed class MessagePackObjectAttribute(bool keyAsPropertyName = false) : Attribute
            {
                public bool KeyAsPropertyName { get; } = keyAsPropertyName;
                public bool AllowPrivate { get; set; }
            }

            public sealed class KeyAttribute : Attribute
            {
                public KeyAttribute(int key) => _ = key;
                public KeyAttribute(string key) => _ = key;
            }

            public sealed class IgnoreMemberAttribute : Attribute;

            public sealed class SerializationConstructorAttribute : Attribute;

            [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
            public sealed class UnionAttribute(int key, Type type) : Attribute
            {
                public int Key { get; } = key;
                public Type Type { get; } = type;
            }
        }

        namespace Acme
        {
            [MessagePackObject]
            public class Keyed
            {
                [SerializationConstructor]
                public Keyed(int first) => First = first;
                public Keyed() => First = 1;
                [Key(0)] public int First { get; }
                [Key(1)] public string? Second { get; set; }
                [IgnoreMember] public object? Third { get; set; }
            }

            [MessagePackObject(keyAsPropertyName: true)]
            public class Named
            {
                public int Value { get; set; }
                public int Twice => Value * 2;
            }

            [MessagePackObject(AllowPrivate = true)]
            public class Private
            {
                [Key("value")] private int _value = 1;
                [Key("text")] private string? Text { get; set; }
                public int Read() => _value;
            }

            [DataContract]
            public class Ordered
            {
                [DataMember(Order = 1)] public int B { get; set; }
                [DataMember(Order = 0)] public int A { get; set; }
                public int Other { get; set; }
            }

            [MessagePack.Union(0, typeof(Case))]
            public interface ICase;

            [MessagePackObject]
            public class Case : ICase;

            [IpcService]
            public partial interface IAnnotated
            {
                void Send(Keyed keyed, Named named, Private hidden, Ordered ordered, ICase item);
            }
        }
        """);

    [Fact]
    public void What_is_gone_and_what_may_come() => Check(
        """
        namespace Acme;

        public enum Closed : byte { Low, Middle, High = 200, Higher = 201, Highest = 255 }

        [IpcReserved(3), IpcReserved(4, "Blue"), IpcReserved("Green")]
        public enum Negative : long { Lowest = long.MinValue, Red = -1 }

        [IpcOpen] public enum Open { Red }

        [IpcOpen(Replaced.Unknown)] public enum Replaced : ushort { Unknown, Red = 7 }

        [Flags] public enum Rights : ulong { None, Read, Write, Top = 1UL << 63 }

        public enum OrderId : long;

        [IpcMessage, IpcReserved(1), IpcReserved(2, "Weight")]
        public sealed record Parcel([property: IpcKey(0)] Closed Level, [property: IpcKey(3)] Negative? Sign);

        [IpcReserved("Owner")]
        public class Everything
        {
            public Open Open { get; set; }
            public Replaced Replaced { get; set; }
            public Rights Rights { get; set; }
            public OrderId Id { get; set; }
            public Dictionary<Closed, Replaced[]> Table { get; set; } = [];
        }

        [Union(0, typeof(Circle)), IpcReserved(1, "Square"), IpcOpen(typeof(UnknownShape))]
        public abstract record Shape;

        public sealed record Circle(double Radius) : Shape;

        public sealed record UnknownShape(int Tag) : Shape;

        [Union(0, typeof(None)), Union(1, typeof(Leaf)), IpcOpen(typeof(None))]
        public interface INode;

        public sealed class None : INode;

        public sealed class Leaf : INode { public string Name { get; set; } = ""; }

        [IpcService, IpcReserved("RemoveAsync")]
        public partial interface IEvolving
        {
            Task<Closed> GetAsync(Parcel parcel, Replaced[] replaced, Shape shape, INode node, Closed level = Closed.High);
            void Set(Everything everything);
        }
        """);

    [Fact]
    public void An_invalid_contract_gets_a_placeholder()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            namespace Acme;

            [IpcService]
            public partial interface IBad
            {
                void Send(object value);
            }

            [IpcContractFor(typeof(IEquatable<object>))]
            public static partial class Foreign;

            public static class Use
            {
                public static IpcContract<IBad> Contract => IpcContract.Of<IBad>();
                public static object Other => Foreign.Contract;
            }
            """);
        run.CompilesCleanly();
        Snapshot.Match(run);
    }

    private static void Check(string source, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
        => Snapshot.Match(GeneratorRun.Of(source).CompilesCleanly().DeclareThemselves(), name);
}
