using Contracts.Ipc.Generators.Tests.Harness;

namespace Contracts.Ipc.Generators.Tests;

/// <summary>
/// What a contract says of itself as C# is the contract: compiled again, it has the same fingerprint. The tests of snapshots and of compilation ask for that
/// too, of every contract in them; here are those that make it hard.
/// </summary>
public sealed class DeclarationTests
{
    [Fact]
    public void Names_that_mean_something_else_elsewhere_are_spelled_out() => Check(
        """
        namespace Acme.System.Task
        {
            public sealed class Guid { public int Value { get; set; } }
            public enum List { One }
            public sealed class Order { public List List { get; set; } public global::System.Guid Id { get; set; } }
            [IpcService]
            public partial interface IClashing
            {
                global::System.Threading.Tasks.Task<Guid> FirstAsync(global::System.Guid id, Other.Order order, Order mine, List list = List.One);
                ValueTask<global::System.Collections.Generic.List<int>> ListAsync(Acme.Order outer, global::Outermost type);
                void Order(IpcKey key);
            }
            public sealed class IpcKey { public string? Text { get; set; } }
        }
        namespace Acme { public sealed class Order { public int Number { get; set; } } }
        namespace Other { [IpcMessage] public sealed class Order { [IpcKey(3)] public double Price { get; set; } } }
        public sealed class Outermost { public int X { get; set; } }
        """);

    [Fact]
    public void Everything_may_be_nested_and_generic() => Check(
        """
        namespace Acme;

        public static partial class Api
        {
            public sealed class Box<T> where T : struct
            {
                public T? Value { get; set; }
                public Inner<string>[] Others { get; set; } = [];
                public sealed class Inner<U> { public T First { get; set; } public U? Second { get; set; } }
            }

            public abstract class Base<T> { public T? Inherited { get; set; } [IpcIgnore] public int Hidden { get; set; } }
            public sealed class Derived<A, B> : Base<List<A>> where A : class { public B? Own { get; set; } }
            public sealed class Tag<T> { public string Name { get; set; } = ""; }
            public sealed class Unused { }

            [IpcService]
            internal partial interface IGeneric
            {
                Box<int> Box(Box<DateTime>? box, Derived<string, int?> derived);
                Tag<Unused> Phantom(Tag<Tag<Dictionary<Guid, Unused[]>>> tag);
            }
        }
        """);

    [Fact]
    public void Unions_keep_their_hierarchy_and_nothing_else_of_it() => Check(
        """
        namespace Acme;

        [Union(0, typeof(Leaf)), Union(4, typeof(Pair<int>)), Union(7, typeof(Small))]
        public interface INode { int Depth { get; } }

        [Union(1, typeof(Leaf)), Union(2, typeof(Twig))]
        public abstract record Plant(string Name);

        public record Leaf(string Name, double Area) : Plant(Name), INode { int INode.Depth => 1; }
        public sealed record Twig(string Name, double Area, Leaf[] Leaves) : Leaf(Name, Area);
        public sealed class Pair<T> : INode { public T? Left { get; set; } public INode? Right { get; set; } public int Depth => 2; }
        public struct Small : INode { public byte Value { get; set; } public readonly int Depth => 0; }

        [IpcService]
        public partial interface IUnions
        {
            INode? Grow(Plant plant, INode[] nodes);
            Leaf Single(Pair<int> pair);
        }
        """);

    [Fact]
    public void Formatters_of_the_user_lose_their_code_and_keep_their_place() => Check(
        """
        [assembly: IpcFormatter(typeof(Acme.VersionFormatter))]

        namespace Acme
        {
            using Contracts.Ipc.Serialization;

            [IpcFormatter(typeof(MoneyFormatter))]
            public readonly record struct Money(decimal Amount, string Currency);

            public struct MoneyFormatter : IMessageFormatter<Money>, IMessageFormatter<Money[]>
            {
                public static void Write(ref MessagePackWriter writer, Money value) => writer.WriteNil();
                public static Money Read(ref MessagePackReader reader) => default;
                public static void Write(ref MessagePackWriter writer, Money[] value) => writer.WriteNil();
                static Money[] IMessageFormatter<Money[]>.Read(ref MessagePackReader reader) => [];
            }

            public struct VersionFormatter : IMessageFormatter<Version>
            {
                public static void Write(ref MessagePackWriter writer, Version value) => writer.WriteNil();
                public static Version Read(ref MessagePackReader reader) => new();
            }

            public struct Upper : IMessageFormatter<string>
            {
                public static void Write(ref MessagePackWriter writer, string value) => writer.Write(value);
                public static string Read(ref MessagePackReader reader) => reader.ReadString()!;
            }

            public struct Vector { public float X; public float Y; }

            public sealed class Bill
            {
                public List<Money> Items { get; set; } = [];
                [IpcFormatter(typeof(MoneyFormatter))] public Money Alone { get; set; }
                [IpcPacked] public List<Vector> Path { get; set; } = [];
            }

            [IpcService]
            public partial interface ICustom
            {
                [return: IpcFormatter(typeof(Upper))]
                string Shout([IpcFormatter(typeof(Upper))] string text, string plain, Bill bill);

                [return: IpcPacked]
                ValueTask<Vector[]> MoveAsync([IpcPacked] ReadOnlyMemory<int> steps, Version? version);
            }
        }
        """);

    [Fact]
    public void Defaults_options_and_optional_parameters_in_the_middle_are_kept() => Check(
        """
        using System.Runtime.InteropServices;

        namespace Acme;

        [Flags]
        public enum Rights : ulong { None = 0, Read = 1, Write = 2, All = ulong.MaxValue }

        [IpcService(Name = "weird \"name\"\n{of} it\\")]
        public partial interface IDefaults
        {
            [IpcMethod(Name = "first one", TimeoutMilliseconds = 5, Idempotent = true, Priority = 2)]
            int Call([Optional] int a, string b, Rights rights = Rights.Read | Rights.Write, Rights all = Rights.All, float nan = float.NaN, decimal money = 1.50m);
            [IpcMethod(Name = "second")]
            int Call(sbyte s = -5, ushort u = 7, char c = '"', string text = "\"\"\"", ulong big = ulong.MaxValue, double d = double.NegativeInfinity, Rights? none = null);
            [OneWay] Task PostAsync(DateTime at = default, Guid id = default, CancellationToken token = default);
        }
        """);

    [Fact]
    public void Inherited_methods_come_down_and_get_names_of_their_own_where_they_clash() => Check(
        """
        namespace Acme;

        public interface IStore<T> { ValueTask<T[]> LoadAsync(int from, int to); [IpcMethod(Name = "b")] void Same(int value); }
        [IpcService] public partial interface IOther { [IpcMethod(Name = "a")] void Same(int value); }
        public sealed class Item { public (int X, (string? Name, int[]?[] Jagged) Inner) Tuple { get; set; } public int[,][]? Ranks { get; set; } }
        [IpcService] public partial interface IAll : IStore<Item>, IOther { (int, long A, short, byte, int, int, int, string B, char) Long(); }
        public interface IForeign<T> { T Echo(T value); }
        [IpcContractFor(typeof(IForeign<Item>))] public static partial class ForeignContract;
        """);

    [Fact]
    public void Contracts_in_the_namespace_of_the_library_are_no_exception() => Check(
        """
        namespace Contracts.Ipc.Sample.Contracts;

        public sealed class Order { public System.DayOfWeek Day { get; set; } public IpcDispatch Dispatch { get; set; } }

        [IpcService]
        public partial interface IOrders { ValueTask<IReadOnlyList<Order>> GetAsync(Order order); }
        """);

    [Fact]
    public void A_declaration_is_no_part_of_the_fingerprint()
    {
        (string before, string first) = Assert.Single(Declarations.Of(GeneratorRun.Of("[IpcService] public partial interface IA { int Add(int a, int b); }")));
        (string after, string second) = Assert.Single(Declarations.Of(GeneratorRun.Of("[IpcService] public partial interface IA { int Add(int left, int right); }")));
        Assert.Equal(before, after);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Enums_of_the_framework_are_told_in_a_comment()
    {
        (_, string declaration) = Assert.Single(Declarations.Of(GeneratorRun.Of("[IpcService] public partial interface IA { void Set(DayOfWeek day, System.Net.Sockets.SelectMode? mode); }").DeclareThemselves()));
        Assert.EndsWith(
            "\n// enum DayOfWeek { Sunday = 0, Monday = 1, Tuesday = 2, Wednesday = 3, Thursday = 4, Friday = 5, Saturday = 6 }"
                + "\n// enum System.Net.Sockets.SelectMode { SelectRead = 0, SelectWrite = 1, SelectError = 2 }",
            declaration,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_declarations_does_not_matter()
    {
        (_, string first) = Assert.Single(Declarations.Of(GeneratorRun.Of("public enum E { A } public sealed class M { public E E { get; set; } } [IpcService] public partial interface IA { M Get(); }")));
        (_, string second) = Assert.Single(Declarations.Of(GeneratorRun.Of("[IpcService] public partial interface IA { M Get(); } public sealed class M { public E E { get; set; } } public enum E { A }")));
        Assert.Equal(first, second);
    }

    private static void Check(string source) => GeneratorRun.Of(source).CompilesCleanly().DeclareThemselves();
}
