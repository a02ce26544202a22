using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Evolution;

/// <summary>What a baseline says of a contract.</summary>
public sealed class FactTests
{
    private const string Source = """
        namespace Acme;

        [IpcService, IpcReserved("DropAsync")]
        public partial interface IShop : IBase
        {
            ValueTask<Order?> FindAsync(int id, string? filter = "all", CancellationToken cancellationToken = default);

            [IpcMethod(Name = "Put", TimeoutMilliseconds = 5000, Idempotent = true, Priority = 2), IpcFault(typeof(Refused))]
            Task PutAsync(IReadOnlyList<Order?> orders);

            [OneWay] void Note(Page<Shape> page);
        }

        public interface IBase { int Count(); }

        [IpcMessage, IpcReserved(1, "Customer")]
        public sealed class Order
        {
            [IpcKey(0)] public required int Id { get; init; }
            [IpcKey(2)] public string Title { get; set; } = "none";
            [IpcKey(3)] public Color Color { get; set; }
            [IpcKey(4)] public Order[]? Parts { get; set; }
        }

        public record Refused(string Reason, Days Day = Days.Tuesday);
        public record struct Page<T>(T First, (int, Guid?) Rest) { public List<int> More { get; set; } = []; }
        public enum Color : byte { None, Red = 3 }
        [Flags] public enum Days { Monday = 1, Tuesday = 2 }
        [IpcOpen] public enum Size { Small }

        [Union(0, typeof(Circle)), Union(7, typeof(Square)), IpcReserved(3)]
        public abstract record Shape;
        public record Circle(double Radius) : Shape;
        public record Square(Size Side, string Text) : Shape;

        [SharedLayout] public partial struct Sample { public long Count; public Point Place; }
        [SharedLayout] public partial struct Point { public double X; public double Y; }
        """;

    private const string Expected = """
        contract Acme.IShop
        fingerprint Acme.IShop hash=f01aa1a43244012d
        method Acme.IShop Count id=fab67b317812ac3e returns=int
        method Acme.IShop FindAsync id=c85a601b9e392b50 via=ValueTask returns=Acme.Order? cancellable
        parameter Acme.IShop/FindAsync 0 name=id type=int
        parameter Acme.IShop/FindAsync 1 name=filter type=string? default='"all"'
        method Acme.IShop Note id=825911932c7faff7 one-way
        parameter Acme.IShop/Note 0 name=page type=Acme.Page<Acme.Shape>
        method Acme.IShop Put id=515c518ae63448fc name=PutAsync via=Task timeout=5000 idempotent priority=2
        parameter Acme.IShop/Put 0 name=orders type=System.Collections.Generic.IReadOnlyList<Acme.Order?> wire=array<Acme.Order>
        fault Acme.IShop/Put Acme.Refused
        reserved Acme.IShop DropAsync method
        message Acme.Circle form=map shape=record
        member Acme.Circle Radius type=double
        enum Acme.Color type=byte
        constant Acme.Color None value=0
        constant Acme.Color Red value=3
        enum Acme.Days type=int flags
        constant Acme.Days Monday value=1
        constant Acme.Days Tuesday value=2
        message Acme.Order form=array shape=class
        member Acme.Order 0 name=Id type=int required
        member Acme.Order 2 name=Title type=string default='"none"'
        member Acme.Order 3 name=Color type=Acme.Color wire=Byte
        member Acme.Order 4 name=Parts type=Acme.Order[]? wire=array<Acme.Order>
        reserved Acme.Order 1 name=Customer
        message Acme.Page<Acme.Shape> form=map shape=record-struct
        member Acme.Page<Acme.Shape> First type=Acme.Shape needed
        member Acme.Page<Acme.Shape> More type=System.Collections.Generic.List<int> wire=array<Int32> initialized
        member Acme.Page<Acme.Shape> Rest type=(int,System.Guid?) wire=tuple<Int32,Guid?>
        message Acme.Refused form=map shape=record
        member Acme.Refused Day type=Acme.Days wire=Int32 default=2
        member Acme.Refused Reason type=string needed
        union Acme.Shape
        case Acme.Shape 0 type=Acme.Circle
        case Acme.Shape 7 type=Acme.Square
        reserved Acme.Shape 3
        enum Acme.Size type=int open
        constant Acme.Size Small value=0
        message Acme.Square form=map shape=record
        member Acme.Square Side type=Acme.Size wire=Int32
        member Acme.Square Text type=string needed
        layout Acme.Point size=16 alignment=8 hash=b078109eabb18627
        leaf Acme.Point X type=Double size=8 offset=0
        leaf Acme.Point Y type=Double size=8 offset=8
        layout Acme.Sample size=24 alignment=8 hash=c4c78cb70a46f9f1
        leaf Acme.Sample Count type=Int64 size=8 offset=0
        leaf Acme.Sample Place.X type=Double size=8 offset=8
        leaf Acme.Sample Place.Y type=Double size=8 offset=16

        """;

    [Fact]
    public void Everything_that_other_processes_rely_on_is_a_line_of_its_own()
    {
        Compilation compilation = CompilationOf(Source);
        Assert.Equal(Expected, ContractFacts.Of(compilation, TestContext.Current.CancellationToken).ToText());
    }

    [Fact]
    public void The_lines_read_again_are_the_same_facts()
    {
        var facts = ContractFactSet.Parse(Expected);
        Assert.Equal(Expected, facts.ToText());
        Assert.All(facts.Facts, fact => Assert.True(facts.Contains(ContractFact.Parse(fact.Line)!)));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("with blank", "'with blank'")]
    [InlineData("it's 5 % of C:\\", "'it%27s 5 %25 of C:%5c'")]
    [InlineData("two\nlines\u2028", "'two%u000alines%u2028'")]
    [InlineData("", "''")]
    [InlineData("#", "'#'")]
    public void A_word_is_quoted_where_it_has_to_be(string text, string word)
    {
        Assert.Equal(word, FactSyntax.Word(text));
        Assert.Equal(text, FactSyntax.Unquote(word));
        Assert.Equal(text, ContractFact.Parse(new ContractFact(FactKind.Contract, "a", "", ("source", text)).Line)!["source"]);
    }

    [Fact]
    public void The_generated_half_of_a_contract_changes_nothing()
        => Assert.Equal(Expected, ContractFacts.Of(Generator.Run(CompilationOf(Source)), TestContext.Current.CancellationToken).ToText());

    [Fact]
    public void The_fingerprint_is_the_one_that_travels()
    {
        string generated = string.Concat(Generator.Run(TestProject.Compile(Source)).SyntaxTrees.Select(tree => tree.ToString()));
        Assert.Contains("0xf01aa1a43244012d", generated, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_is_declared_elsewhere_is_told_like_what_is_declared_here()
    {
        CSharpCompilation library = TestProject.Compile("""
            namespace Acme;
            public interface IStore<T> { Task<T> GetAsync(int id); }
            public interface IForeign { [OneWay] void Put(Item item); }
            public class Item { public string Name { get; private set; } = ""; internal int Count { get; set; } public Kind Kind { get; set; } }
            public enum Kind { None, Some }
            """).WithAssemblyName("Library");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        CSharpCompilation compilation = TestProject.Compile("""
            namespace Acme;
            [IpcService] public partial interface IItems : IStore<Item>;
            [IpcContractFor(typeof(IForeign), Name = "foreign items")] internal static partial class ForeignItems;
            """).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        Assert.Equal(
            """
            contract Acme.IItems
            method Acme.IItems GetAsync id=* via=Task returns=Acme.Item
            parameter Acme.IItems/GetAsync 0 name=id type=int
            contract 'foreign items' source=Acme.IForeign
            method 'foreign items' Put id=* one-way
            parameter 'foreign items/Put' 0 name=item type=Acme.Item
            message Acme.Item form=map shape=class referenced
            member Acme.Item Kind type=Acme.Kind wire=Int32
            member Acme.Item Name type=string
            enum Acme.Kind type=int referenced
            constant Acme.Kind None value=0
            constant Acme.Kind Some value=1

            """,
            string.Concat(ContractFacts.Of(compilation, TestContext.Current.CancellationToken).Facts
                .Where(fact => fact.Kind != FactKind.Fingerprint)
                .Select(fact => System.Text.RegularExpressions.Regex.Replace(fact.Line, "id=[0-9a-f]{16}", "id=*") + "\n")));
    }

    private static CSharpCompilation CompilationOf(string source)
    {
        CSharpCompilation compilation = TestProject.Compile(source);
        Assert.Empty(TestProject.ErrorsOf(compilation));
        return compilation;
    }
}
