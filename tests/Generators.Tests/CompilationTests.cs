using Contracts.Ipc.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Tests;

/// <summary>Contracts that are hard to generate code for: what comes out compiles without a warning.</summary>
public sealed class CompilationTests
{
    [Fact]
    public void Obsolete_contracts_methods_and_types_cause_no_warning() => Compiles(
        """
        [Obsolete("old")]
        public class Old { public int Value { get; set; } }

        [IpcService]
        public partial interface IOld
        {
            [Obsolete] void Warned();
            [Obsolete("never", true)] void Forbidden(int value);
            #pragma warning disable CS0618
            void Send(Old old);
            #pragma warning restore CS0618
        }
        """);

    [Fact]
    public void Everything_may_be_named_by_a_keyword() => Compiles(
        """
        namespace @namespace.@class
        {
            public record @record(int @int, string @string);

            public partial class @event
            {
                [IpcService]
                public partial interface @interface
                {
                    ValueTask<@record> @return(@record @ref, int @params, int @field, int @value, int @await, CancellationToken @out);
                }
            }
        }
        """);

    [Fact]
    public void A_contract_may_stand_in_the_global_namespace_and_be_internal() => Compiles(
        """
        internal sealed record Secret(int Value);

        [IpcService]
        internal partial interface IInternal { ValueTask<Secret> GetAsync(Secret secret); }
        """);

    [Fact]
    public void Nullable_annotations_may_be_missing() => Compiles(
        """
        #nullable disable
        public class Message { public string Text { get; set; } public List<string> Lines { get; set; } }

        [IpcService]
        public partial interface IOblivious { Task<Message> EchoAsync(Message message, string text, List<string> lines); }
        """);

    [Fact]
    public void Nullable_annotations_are_repeated_at_every_level() => Compiles(
        """
        public class Message { public List<string?>? Lines { get; set; } public Dictionary<string, List<Message?>?> Map { get; init; } = []; }

        [IpcService]
        public partial interface IAnnotated
        {
            Task<Dictionary<string, List<Message?>>?> EchoAsync(List<Message?>? a, (string? A, Message B) tuple, string?[]?[] jagged, Tuple<string?, int> t);
        }
        """);

    [Fact]
    public void Names_of_tuple_elements_do_not_multiply_formatters()
    {
        GeneratorRun run = Compiles(
            """
            public class Page<T> { public T? Value { get; set; } }

            [IpcService]
            public partial interface ITuples
            {
                Task<Page<(int A, string B)>> Get(Page<(int X, string Y)> page);
                Task<List<(string First, string Second)>> All((int, int, int, int, int, int, int, int, string) nine);
            }
            """);
        Assert.Single(run.Files, file => file.HintName.Contains("Page", StringComparison.Ordinal));
    }

    [Fact]
    public void Overloads_have_wire_names_of_their_own() => Compiles(
        """
        [IpcService]
        public partial interface IOverloads
        {
            Task<int> Add(int a);
            [IpcMethod(Name = "Add2")] Task<int> Add(int a, int b);
            [IpcMethod(Name = "AddText")] Task<string> Add(string a);
        }

        [IpcService]
        public partial interface IMore : IOverloads
        {
            [IpcMethod(Name = "Again")] new Task<int> Add(int a);
        }
        """);

    [Fact]
    public void A_method_may_have_no_name_of_its_own_left() => Compiles(
        """
        [IpcService]
        public partial interface IProxy
        {
            void Proxy(); void Methods(); void Stubs(); void CallAsync(); void PostAsync(int Proxy2); void Target(); void Dispose();
            bool Equals(object2 other); int GetHashCode(int seed); void AddArguments(int x); void Add(int x);
            class Nested { }
        }

        public class object2 { public int A { get; set; } }
        """, "CS8981");

    [Fact]
    public void Accessors_repeat_the_constraints_of_generic_types() => Compiles(
        """
        public class Base<TKey> where TKey : notnull, IComparable<TKey> { public TKey? Key { get; private set; } }

        public class Derived<TKey, TValue> : Base<TKey>
            where TKey : notnull, IComparable<TKey>
            where TValue : class, new()
        {
            public required TValue Value { get; init; }
        }

        public struct Holder<T> where T : unmanaged { public T Value { get; init; } public required int Count { get; init; } }

        public class Item { }

        public class Outer<T> { public sealed class Inner<U> { public required T First { get; init; } public U? Second { get; private set; } } }

        [IpcService]
        public partial interface IGeneric
        {
            Task<Derived<int, Item>> A(Holder<double> holder, Outer<int>.Inner<string> nested, Derived<string, Item> other);
        }
        """);

    [Fact]
    public void Every_type_of_the_catalogue_has_its_formatter() => Compiles(
        """
        using System.Collections;
        using System.Collections.Concurrent;
        using System.Collections.Frozen;
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;
        using System.Numerics;
        using System.Text;

        public enum Color : ulong { Red }

        public record Item(int Id);

        [IpcService]
        public partial interface ICatalogue
        {
            void Numbers(bool a, byte b, sbyte c, short d, ushort e, int f, uint g, long h, ulong i, float j, double k, char l, Half m, Int128 n, UInt128 o, decimal p);
            void Scalars(string a, DateTime b, DateTimeOffset c, TimeSpan d, DateOnly e, TimeOnly f, Guid g, Uri h, Version i, BigInteger j, Complex k, Rune l, StringBuilder m, BitArray n, Color o, Color? p);
            void Bytes(byte[] a, Memory<byte> b, ReadOnlyMemory<byte> c, ArraySegment<byte> d, byte[][] e, int[,] f, string[,,] g, Item[,,,] h, int?[] i);
            void Lists(List<Item> a, IList<Item> b, ICollection<Item> c, IReadOnlyList<Item> d, IReadOnlyCollection<Item> e, IEnumerable<Item> f, List<int> g, IEnumerable<int> h, Item[][] i);
            void Sets(HashSet<string> a, ISet<string> b, IReadOnlySet<string> c, SortedSet<string> d, FrozenSet<string> e, HashSet<Guid> f);
            void Queues(Queue<Item> a, Stack<Item> b, LinkedList<Item> c, ConcurrentQueue<Item> d, ConcurrentStack<Item> e, ConcurrentBag<Item> f, Collection<Item> g, ObservableCollection<Item> h, ReadOnlyCollection<Item> i);
            void Memories(Memory<int> a, ReadOnlyMemory<Item> b, ArraySegment<double> c);
            void Immutables(ImmutableArray<Item> a, ImmutableList<Item> b, ImmutableHashSet<string> c, ImmutableSortedSet<string> d, ImmutableQueue<Item> e, ImmutableStack<Item> f, IImmutableList<Item> g, IImmutableSet<string> h, IImmutableQueue<Item> i, IImmutableStack<Item> j);
            void Maps(Dictionary<string, Item> a, IDictionary<int, Item> b, IReadOnlyDictionary<Guid, int> c, SortedDictionary<string, int> d, SortedList<string, Item> e, ConcurrentDictionary<string, Item> f, ReadOnlyDictionary<string, Item> g, FrozenDictionary<int, string> h, ImmutableDictionary<string, Item> i, ImmutableSortedDictionary<int, int> j, IImmutableDictionary<Color, Item> k, Dictionary<int, int> l);
            void Tuples(KeyValuePair<string, Item> a, Tuple<int> b, Tuple<int, string, Item> c, (int, string) d, ValueTuple<int> e, (int, int, int, int, int, int, int, int) f, Tuple<int, int, int, int, int, int, int, Tuple<string>> g);
            void Packed([IpcPacked] double[] a, [IpcPacked] List<int> b, [IpcPacked] Memory<Guid> c, [IpcPacked] ReadOnlyMemory<float> d);
        }
        """);

    [Fact]
    public void Formatters_of_the_user_are_used_where_they_are_named()
    {
        GeneratorRun run = Compiles(
            """
            using Contracts.Ipc.Serialization;

            [assembly: IpcFormatter(typeof(UriAsText))]

            public struct UriAsText : IMessageFormatter<Uri>
            {
                public static void Write(ref MessagePackWriter writer, Uri value) => writer.Write(value.ToString());
                public static Uri Read(ref MessagePackReader reader) => new(reader.ReadString()!);
            }

            public struct AnyFormatter : IMessageFormatter<object>, IMessageFormatter<int>
            {
                public static void Write(ref MessagePackWriter writer, object value) => writer.WriteNil();
                public static void Write(ref MessagePackWriter writer, int value) => writer.WriteNil();
                static object IMessageFormatter<object>.Read(ref MessagePackReader reader) => 1;
                static int IMessageFormatter<int>.Read(ref MessagePackReader reader) => 1;
            }

            public struct ThingFormatter : IMessageFormatter<Thing>
            {
                public static void Write(ref MessagePackWriter writer, Thing value) => writer.WriteNil();
                public static Thing Read(ref MessagePackReader reader) => null!;
            }

            [IpcFormatter(typeof(ThingFormatter))]
            public abstract class Thing { }

            public record Message([IpcFormatter(typeof(UriAsText))] Uri Address, Uri Other, Thing Thing);

            [IpcService]
            public partial interface ICustom
            {
                [return: IpcFormatter(typeof(UriAsText))] Uri Get(Message message, List<Thing> things);
            }
            """);
        Assert.Contains("global::UriAsText.Read(ref reader)", run.File("IpcGenerated-MessageFormatter.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_may_have_the_name_of_a_type() => GeneratorRun.Of(TestCompilation.Create(
        """
        namespace Acme
        {
            public class Calculator { }
            public record Message(int Value);
            [IpcService] public partial interface ICalculator { void Add(Message message); }
        }
        """,
        assemblyName: "Acme.Calculator")).CompilesCleanly().DeclareThemselves();

    [Fact]
    public void An_assembly_may_have_a_name_that_is_no_namespace() => GeneratorRun.Of(TestCompilation.Create(
        """
        public record Message(int Value);
        [IpcService] public partial interface IService { void Add(Message message); }
        """,
        assemblyName: "1 my-app.class.x_y")).CompilesCleanly().DeclareThemselves();

    [Fact]
    public void Generated_code_compiles_at_the_oldest_supported_language_version() => GeneratorRun.Of(TestCompilation.Create(
        """
        public enum Color { Red }
        public class Base { public int Private { get; private set; } }
        public class Message : Base { public string? Text { get; init; } public List<Message> Children { get; set; } = new(); public Color Color { get; set; } }
        [IpcService] public partial interface IService { [OneWay] void Add(Message message, int[] numbers, Dictionary<string, string> map); }
        """,
        version: LanguageVersion.CSharp13)).CompilesCleanly().DeclareThemselves();

    [Fact]
    public void Contracts_and_messages_may_come_from_another_assembly()
    {
        GeneratorRun library = GeneratorRun.Of(TestCompilation.Create(
            """
            namespace Library
            {
                public sealed class Message
                {
                    internal Message() { }
                    public int Value { get; internal set; } = 5;
                    public string? Text { get; private set; }
                }

                [IpcService]
                public partial interface IBase { ValueTask<Message> GetAsync(Message message); }

                public interface IStore<T> { Task<T> LoadAsync(); }
            }
            """,
            assemblyName: "Library")).CompilesCleanly().DeclareThemselves();

        GeneratorRun app = GeneratorRun.Of(TestCompilation.Create(
            """
            using Library;

            [IpcService]
            public partial interface IDerived : IBase, IStore<Message> { ValueTask MoreAsync(List<Message> messages); }

            [IpcContractFor(typeof(IStore<int>))]
            public static partial class Numbers;

            public static class Use { public static object All => new object[] { IpcContract.Of<IBase>(), IpcContract.Of<IDerived>(), Numbers.Contract }; }
            """,
            references: [library.ToReference()])).CompilesCleanly().DeclareThemselves();
        Assert.Contains("IpcBaseContract<global::IDerived, global::Library.IBase>", app.File("IDerived.g.cs"), StringComparison.Ordinal);
        Assert.Contains("Accessors.Create()", app.File("IpcGenerated-Library_MessageFormatter.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_that_derives_from_one_that_cannot_be_generated_compiles_without_it()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            [IpcService] public interface INotPartial { void A(); }
            [IpcService] public partial interface IDerived : INotPartial { void B(); }
            """).CompilesCleanly().DeclareThemselves();
        Assert.Equal(["IDerived.g.cs"], run.Files.Select(file => file.HintName));
    }

    [Fact]
    public void Partial_contracts_may_be_spread_over_files() => GeneratorRun.Of(TestCompilation.Create(
    [
        "[IpcService] public partial interface IParts { void A(); }",
        "public partial interface IParts { void B(int b); }",
        "partial interface IParts : IDisposable { }",
    ])).CompilesCleanly().DeclareThemselves();

    private static GeneratorRun Compiles(string source, string? disabled = null)
        => GeneratorRun.Of((disabled is null ? "" : $"#pragma warning disable {disabled}\n") + source).CompilesCleanly().DeclareThemselves();
}
