using Contracts.Ipc.Analyzers.Evolution;
using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;

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
        """;

    [Fact]
    public void Everything_that_other_processes_rely_on_is_a_line_of_its_own()
    {
        CompilationOf(Source, out Compilation compilation);
        string text = ContractFacts.Of(compilation, TestContext.Current.CancellationToken).ToText();
        Assert.True(Expected == text, text);
    }

    private static void CompilationOf(string source, out Compilation compilation)
    {
        compilation = TestProject.Compile(source);
        Assert.Empty(TestProject.ErrorsOf(compilation));
    }
}
