using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Messages;

/// <summary>IPC2001 to IPC2003, IPC2008, IPC2009, IPC2012: what a message type looks like.</summary>
public sealed class MessageTests
{
    [Fact, Rejects("IPC2001")]
    public async Task A_member_that_cannot_travel_is_rejected_with_the_path_to_it()
    {
        var diagnostics = await Verify.ReportsAsync("""
            [IpcService] public partial interface IShop { Task AddAsync(Order order); }
            public record Order(int Id, List<Line> Lines);
            public class Line { public string Article { get; set; } = ""; public object? {|IPC2001:Tag|} { get; set; } }
            """);
        string message = Assert.Single(diagnostics).GetMessage(CultureInfo.InvariantCulture);
        Assert.StartsWith("'Line.Tag' has the type 'object', which cannot travel between processes: ", message, StringComparison.Ordinal);
        Assert.Contains("'IShop.AddAsync(order).Lines[].Tag'", message, StringComparison.Ordinal);
    }

    [Fact, Rejects("IPC2001")]
    public async Task A_member_that_two_contracts_reach_is_one_error_and_always_the_same()
    {
        const string Source = """
            [IpcService] public partial interface ISecond { void Put(Dictionary<int, Box> boxes); }
            [IpcService] public partial interface IFirst { Box Get(); }
            public class Box { public Action? {|IPC2001:Opened|} { get; set; } }
            """;
        for (int i = 0; i < 20; i++)
        {
            var diagnostics = await Verify.ReportsAsync(Source);
            Assert.Contains("'IFirst.Get().Opened'", Assert.Single(diagnostics).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }
    }

    [Fact, Rejects("IPC2001")]
    public async Task A_member_in_a_referenced_assembly_is_reported_where_the_contract_reaches_it()
    {
        CSharpCompilation library = TestProject.Compile("namespace Far { public class Line { public object? Tag { get; set; } } }").WithAssemblyName("Far");
        Assert.Empty(TestProject.ErrorsOf(library));
        MarkedSource source = MarkedSource.Parse("[IpcService] public partial interface IShop { void Add(Far.Line[] {|IPC2001:lines|}); }");
        CSharpCompilation shop = TestProject.Compile(source.Text).AddReferences(library.ToMetadataReference());
        var diagnostics = await TestProject.AnalyzeAsync(shop);
        Verify.AssertSame(source, diagnostics);
        Assert.Contains("'IShop.Add(lines)[].Tag'", Assert.Single(diagnostics).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact, Accepts("IPC2001"), Accepts("IPC2002"), Accepts("IPC2003"), Accepts("IPC2008"), Accepts("IPC2012")]
    public Task Messages_of_every_supported_shape_are_accepted() => Verify.AcceptsAsync("""
        [IpcService]
        internal partial interface IShop
        {
            Task AddAsync(Order order, Line line, Money money, Tree<int> tree, Outer.Inner inner);
        }

        public record Order(int Id, string? Customer, List<Line> Lines);
        public class Line { public required string Article { get; init; } public int Count { get; private set; } [IpcIgnore] public object? Tag { get; set; } }
        public readonly record struct Money(decimal Amount, string Currency) { public bool IsZero => Amount == 0; }
        public class Tree<T> { public T? Value { get; set; } public List<Tree<T>> Children { get; set; } = []; }
        internal class Outer { protected internal class Inner { internal Inner(int size) { Size = size; } public int Size { get; } } }
        """);

    [Fact, Rejects("IPC2002")]
    public Task Message_types_that_generated_code_cannot_name_are_rejected() => Verify.ReportsAsync("""
        public partial class Outer
        {
            [IpcService] private partial interface IShop { void Add(Order order, Kind kind, Hidden.Deep deep); }
            private class {|IPC2002:Order|} { public int Id { get; set; } }
            private enum {|IPC2002:Kind|} { Good, Bad }
            private class Hidden { public class {|IPC2002:Deep|} { public int Id { get; set; } } }
        }
        """);

    [Fact, Rejects("IPC2003")]
    public Task A_type_that_no_constructor_can_make_is_rejected() => Verify.ReportsAsync("""
        [IpcService] public partial interface IRuler { void Measure(Interval interval); }
        public class {|IPC2003:Interval|}
        {
            public Interval(int from, int to) { Low = from; High = to; }
            public int Low { get; }
            public int High { get; }
        }
        """);

    [Fact, Rejects("IPC2008")]
    public Task A_member_that_nothing_can_set_is_rejected() => Verify.ReportsAsync("""
        [IpcService] public partial interface IMap { void Mark(Place place); }
        public class Place { public string Name { get; set; } = ""; public int {|IPC2008:Height|} { get; } public readonly int {|IPC2008:Width|}; }
        """);

    [Fact, Rejects("IPC2009")]
    public Task A_keyed_member_that_generated_code_cannot_reach_is_rejected() => Verify.ReportsAsync("""
        [IpcService] public partial interface IMap { void Mark(Place place); }
        [IpcMessage] public class Place { [IpcKey(0)] public int X { get; set; } [IpcKey(1)] private int {|IPC2009:Y|} { get; set; } }
        """);

    [Fact, Accepts("IPC2009")]
    public Task A_keyed_member_that_is_internal_is_accepted() => Verify.AcceptsAsync("""
        [IpcService] public partial interface IMap { void Mark(Place place); }
        [IpcMessage] public class Place { [IpcKey(0)] public int X { get; set; } [IpcKey(1)] internal int Y { get; set; } }
        """);

    [Fact, Rejects("IPC2012")]
    public Task A_type_that_contains_ever_larger_types_of_itself_is_rejected() => Verify.ReportsAsync("""
        [IpcService] public partial interface ITree { void Plant(Node<int> root); }
        public class {|IPC2012:Node|}<T> { public T? Value { get; set; } public Node<List<T>>? Next { get; set; } }
        """);
}
