using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Contracts.Ipc.Analyzers.Evolution;
using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Tests.Evolution;

/// <summary>What the comparer says of two versions. That it is right is proven at run time, by the tests of versions.</summary>
public sealed partial class ComparerTests
{
    private const string Order = "public record Order(int Id);";

    [Theory]

    // Services and methods.
    [InlineData("[IpcService] public partial interface IA { void F(); } [IpcService] public partial interface IB { void G(); }", "[IpcService] public partial interface IA { void F(); }", "1 Breaking")]
    [InlineData("[IpcService] public partial interface IA { void F(); }", "[IpcService] public partial interface IB { void F(); }", "2 Breaking")]
    [InlineData("[IpcService] public partial interface IA { void F(); }", "[IpcService(Name = \"IA\")] public partial interface IB { void F(); }", "2 Warning")]
    [InlineData("void F();", "void F(); void G();", "3 Compatible")]
    [InlineData("void F(); void G(int a);", "void F();", "4 Breaking")]
    [InlineData("void F(); void G(int a);", "void F(); RESERVED(\"G\")", "4 Warning")]
    [InlineData("void F(int a); int G();", "void F(int a); int H();", "5 Breaking")]
    [InlineData("void F(int a); int G();", "void F(int a); [IpcMethod(Name = \"G\")] int H();", "5 Warning")]
    [InlineData("void F(); RESERVED(\"G\")", "void F(); void G(int a);", "24 Breaking, 6 Breaking")]
    [InlineData("void F(int a);", "void F(int a); [IpcMethod(Name = \"F2\")] void F(string a);", "7 Warning")]
    [InlineData("void F(int a);", "void F(int a); [IpcMethod(Name = \"F2\")] void F(int a, int b);", "3 Compatible")]
    [InlineData("void F(); void G();", "void G(); void F();", "")]
    [InlineData("[OneWay] void F();", "void F();", "9 Breaking")]
    [InlineData("void F();", "[OneWay] void F();", "9 Breaking")]
    [InlineData("Task F();", "Task<int> F();", "10 Breaking")]
    [InlineData("Task<int> F();", "Task F();", "11 Breaking")]
    [InlineData("Task<int> F();", "ValueTask<int> F();", "34 Warning")]
    [InlineData("[IpcMethod(Idempotent = true)] void F();", "void F();", "12 Breaking")]
    [InlineData("void F();", "[IpcMethod(Idempotent = true)] void F();", "12 Warning")]
    [InlineData("void F();", "[IpcMethod(TimeoutMilliseconds = 1000)] void F();", "13 Warning")]
    [InlineData("void F();", "[IpcMethod(TimeoutMilliseconds = -1)] void F();", "13 Compatible")]
    [InlineData("[IpcMethod(Priority = 2)] void F();", "void F();", "13 Warning")]
    [InlineData("[IpcService(Signals = true)] public partial interface IA { [OneWay] void F(); }", "[IpcService] public partial interface IA { [OneWay] void F(); }", "14 Breaking")]
    [InlineData("[IpcFault(typeof(Order))] void F();" + Order, "void F();", "15 Breaking")]
    [InlineData("void F();", "[IpcFault(typeof(Order))] void F();" + Order, "15 Compatible")]

    // Parameters.
    [InlineData("void F(int a);", "void F(int a, int b = 1);", "16 Compatible")]
    [InlineData("void F(int a);", "void F(int a, int b);", "17 Breaking")]
    [InlineData("void F(int a, int b);", "void F(int a);", "17 Breaking")]
    [InlineData("void F(int a, int b);", "void F(int b, int a);", "17 Breaking, 17 Breaking")]
    [InlineData("void F(int a = 1);", "void F(int a);", "17 Breaking")]
    [InlineData("void F(int a);", "void F(int b);", "18 Warning")]
    [InlineData("void F(int a);", "void F(int a, CancellationToken token = default);", "19 Compatible")]
    [InlineData("void F(int a = 1);", "void F(int a = 2);", "28 Breaking")]
    [InlineData("void F(long a = 1);", "void F(long a = 1L);", "")]
    public void Contracts_and_methods(string before, string after, string expected) => Assert.Equal(expected, Compare(before, after));

    [Theory]
    [InlineData("int A", "int A { get; set; } public int B", "21 Compatible")]
    [InlineData("int A", "int A { get; set; } public string B", "22 Breaking")]
    [InlineData("int A", "int A { get; set; } public required int B", "22 Breaking")]
    [InlineData("int A", "int A { get; set; } public string? B", "21 Compatible")]
    [InlineData("int A", "int A { get; set; } public List<int> C { get; set; } = []; public int B", "21 Compatible, 21 Compatible")]
    [InlineData("int A { get; set; } public string? B", "int A", "23 Breaking")]
    [InlineData("int A { get; set; } public string? B", "int A RESERVED(\"B\")", "23 Warning")]
    [InlineData("int A RESERVED(\"B\")", "int A", "24 Breaking")]
    [InlineData("int A RESERVED(\"B\")", "int A { get; set; } public int B", "24 Breaking, 25 Breaking")]
    [InlineData("KEY(0) int A { get; set; } KEY(1) string? B", "KEY(0) int A { get; set; } KEY(1) double C", "25 Breaking")]
    [InlineData("KEY(0) int A { get; set; } KEY(1) string? B", "KEY(1) int A { get; set; } KEY(0) string? B", "26 Breaking, 26 Breaking")]
    [InlineData("KEY(0) int A { get; set; } KEY(1) string? B", "KEY(0) int A { get; set; } KEY(2) string? B", "26 Breaking")]
    [InlineData("KEY(0) int A", "KEY(0) int B", "27 Warning")]
    [InlineData("int A", "int B", "27 Breaking")]
    [InlineData("int A { get; set; } = 1; public int B", "int A { get; set; } = 2; public int B", "28 Breaking")]
    [InlineData("KEY(0) int A", "int A", "29 Breaking")]
    [InlineData("string? A", "string A", "31 Breaking")]
    [InlineData("int? A", "int A", "31 Breaking")]
    [InlineData("string A", "string? A", "32 Breaking")]
    [InlineData("int A", "int[] A", "33 Breaking")]
    [InlineData("Dictionary<int, string> A", "Dictionary<int, double> A", "39 Breaking")]
    [InlineData("int[] A", "List<int> A", "34 Warning")]
    [InlineData("(int, int) A", "(int, int, int) A", "36 Breaking")]
    [InlineData("int A", "long A", "37 Breaking")]
    [InlineData("long A", "int A", "37 Breaking")]
    [InlineData("uint A", "int A", "37 Breaking")]
    [InlineData("float A", "double A", "38 Breaking")]
    [InlineData("double A", "float A", "38 Breaking")]
    [InlineData("int A", "bool A", "39 Breaking")]
    [InlineData("string A", "byte[] A", "39 Breaking")]
    [InlineData("DateTime A", "long A", "39 Breaking")]
    [InlineData("TimeSpan A", "long A", "39 Breaking")]
    [InlineData("Color A", "int A", "40 Warning")]
    [InlineData("int A", "int A { get; set; } public Odd B", "44 Breaking")]
    [InlineData("int A", "int A { get; set; } public Odd? B", "21 Compatible")]
    [InlineData("Page<int> A", "Page<long> A", "36 Warning")]
    public void Members(string before, string after, string expected) => Assert.Equal(expected, Compare(Message(before), Message(after)));

    [Theory]
    [InlineData("enum Kind { A }", "enum Kind { A, B }", "41 Breaking")]
    [InlineData("enum Kind { A }", "[IpcOpen] enum Kind { A, B }", "41 Breaking, 43 Compatible")]
    [InlineData("[IpcOpen] enum Kind { A }", "[IpcOpen] enum Kind { A, B }", "41 Compatible")]
    [InlineData("[IpcOpen] enum Kind { A }", "enum Kind { A }", "43 Breaking")]
    [InlineData("enum Kind { A, B }", "enum Kind { A }", "42 Breaking")]
    [InlineData("enum Kind { A, B }", "[IpcReserved(1, \"B\")] enum Kind { A }", "42 Warning")]
    [InlineData("enum Kind { A, B }", "enum Kind { B, A }", "42 Breaking, 42 Breaking")]
    [InlineData("enum Kind { A, B }", "enum Kind { A, C }", "27 Warning")]
    [InlineData("[Flags] enum Kind { A = 1 }", "[Flags] enum Kind { A = 1, B = 2 }", "45 Compatible")]
    [InlineData("enum Kind { A }", "enum Kind : long { A }", "37 Breaking")]
    public void Enums(string before, string after, string expected)
        => Assert.Equal(expected, Compare($"[IpcService] public partial interface IA {{ Kind F(Kind a); }} {Public(before)}", $"[IpcService] public partial interface IA {{ Kind F(Kind a); }} {Public(after)}"));

    [Theory]
    [InlineData("[Union(0, typeof(A))]", "[Union(0, typeof(A)), Union(1, typeof(B))]", "46 Breaking")]
    [InlineData("[IpcOpen(typeof(Other)), Union(0, typeof(A))]", "[IpcOpen(typeof(Other)), Union(0, typeof(A)), Union(1, typeof(B))]", "46 Compatible")]
    [InlineData("[IpcOpen(typeof(Other)), Union(0, typeof(A))]", "[Union(0, typeof(A))]", "43 Breaking")]
    [InlineData("[Union(0, typeof(A)), Union(1, typeof(B))]", "[Union(0, typeof(A))]", "47 Breaking")]
    [InlineData("[Union(0, typeof(A)), Union(1, typeof(B))]", "[IpcReserved(1), Union(0, typeof(A))]", "47 Warning")]
    [InlineData("[Union(0, typeof(A)), Union(1, typeof(B))]", "[Union(0, typeof(B)), Union(1, typeof(A))]", "47 Breaking, 47 Breaking")]
    [InlineData("[Union(0, typeof(A)), Union(1, typeof(B))]", "[Union(0, typeof(A)), Union(1, typeof(C))]", "2 Warning")]
    public void Unions(string before, string after, string expected)
    {
        const string Rest = " public abstract record Shape; public record A(int X) : Shape; public record B(int X) : Shape; public record C(int X) : Shape; public record Other : Shape; [IpcService] public partial interface IA { Shape F(Shape a); }";
        string actual = Compare(before + Rest, after + Rest);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("void F(int a);", "void F(long a);", "37 Warning")]
    [InlineData("int F();", "long F();", "37 Breaking")]
    [InlineData("void F(int? a);", "void F(int a);", "31 Breaking")]
    [InlineData("int? F();", "int F();", "31 Warning")]
    [InlineData("void F(string a);", "void F(string? a);", "32 Warning")]
    [InlineData("string F();", "string? F();", "32 Breaking")]
    [InlineData("void F(List<string?> a);", "void F(List<string> a);", "31 Breaking")]
    [InlineData("Order F(); public class Order { public int A { get; set; } }", "Order F(); public class Order { public int A { get; set; } public string B { get; set; } }", "22 Warning")]
    [InlineData("void F(Order a); public class Order { public int A { get; set; } }", "void F(Order a); public class Order { public int A { get; set; } public string B { get; set; } }", "22 Breaking")]
    public void The_direction_of_a_type_decides(string before, string after, string expected) => Assert.Equal(expected, Compare(before, after));

    [Theory]
    [InlineData("public long A;", "public long A; public long B;", "52 Breaking")]
    [InlineData("public long A; public long B;", "public long B; public long A;", "52 Breaking")]
    [InlineData("public long A;", "public long A; public void Reset() => A = 0;", "")]
    public void Shared_structs(string before, string after, string expected)
        => Assert.Equal(expected, Compare($"[SharedLayout] public partial struct Sample {{ {before} }}", $"[SharedLayout] public partial struct Sample {{ {after} }}"));

    [Theory]
    [InlineData("public double X; public double Y;", "public double Y; public double X;", "52 Breaking")]
    [InlineData("public double X; public double Y;", "public double X; public double Y; public double Z;", "52 Breaking")]
    [InlineData("public double X; public double Y;", "public double X; public double Y; public readonly double Length => X * Y;", "")]
    public void Elements_of_packed_arrays(string before, string after, string expected)
        => Assert.Equal(expected, Compare($"void F([IpcPacked] Point[] a); public struct Point {{ {before} }}", $"void F([IpcPacked] Point[] a); public struct Point {{ {after} }}"));

    [Fact]
    public void A_renamed_message_is_compared_with_what_it_was_called_before()
    {
        Assert.Equal("2 Warning", Compare("Old F(); public record Old(int Id);", "New F(); public record New(int Id);"));
        Assert.Equal("2 Warning, 37 Breaking", Compare("Old F(); public record Old(int Id);", "New F(); public record New(long Id);"));
    }

    [Fact]
    public void A_message_that_becomes_a_struct_or_a_union_is_told_of()
    {
        Assert.Equal("30 Warning", Compare("void F(Order a); public record Order(int Id);", "void F(Order a); public record struct Order(int Id);"));
        Assert.Equal("39 Breaking", Compare("void F(Order a); public record Order(int Id);", "void F(Order a); [Union(0, typeof(Big))] public abstract record Order; public record Big(int Id) : Order;"));
    }

    [Fact]
    public void An_experimental_type_is_refused_once_there_is_a_baseline()
        => Assert.Equal("2 Warning, 48 Breaking", Compare(
            "void F(Order a); public record Order(int Id);",
            "\n#pragma warning disable ACME1\nvoid F(Trial a);\n#pragma warning restore ACME1\n[System.Diagnostics.CodeAnalysis.Experimental(\"ACME1\")] public record Trial(int Id);"));

    [Fact]
    public void What_did_not_change_is_not_told_of()
    {
        const string Source = "Shape F(List<Order>? a, Kind b = Kind.B); public record Order(int Id, string? Name = null); [Union(0, typeof(A))] public interface Shape; public class A : Shape; public enum Kind { B }";
        Assert.Equal("", Compare(Source, Source));
        Assert.Equal("", Compare("void F();", "/// <summary>Comment.</summary>\n[Obsolete] void F();"));
    }

    private static string Message(string members)
    {
        string reserved = "";
        if (members.IndexOf(" RESERVED(", StringComparison.Ordinal) is > 0 and int start)
        {
            reserved = $"[IpcReserved({members[(start + 10)..^1]})] ";
            members = members[..start];
        }

        bool keyed = members.Contains("KEY", StringComparison.Ordinal);
        string declared = string.Join(" ", members.Split("KEY(").Select((part, index) => index == 0 ? part : "[IpcKey(" + part[..(part.IndexOf(')', StringComparison.Ordinal) + 1)] + "] public" + part[(part.IndexOf(')', StringComparison.Ordinal) + 1)..]));
        return $$"""
            Order F(Order order);
            {{reserved}}{{(keyed ? "[IpcMessage] " : "")}}public class Order { {{(keyed ? "" : "public ")}}{{declared}} { get; set; } }
            public enum Color { None } public enum Odd { One = 1 } public record Page<T>(int Number);
            """;
    }

    private static string Public(string declaration) => declaration.Replace("enum", "public enum", StringComparison.Ordinal);

    private static string Compare(string before, string after)
        => string.Join(", ", ContractComparer.Compare(Facts(before), Facts(after)).Select(change => $"{change.Rule} {change.Verdict}").Order(StringComparer.Ordinal));

    /// <summary>A source that names no contract is the beginning of one, up to the first type.</summary>
    private static ContractFactSet Facts(string source)
    {
        if (!source.Contains("[IpcService", StringComparison.Ordinal))
        {
            int types = Types().Match(source) is { Success: true } match ? match.Index : source.Length;
            string members = source[..types];
            string reserved = "";
            if (members.IndexOf(" RESERVED(", StringComparison.Ordinal) is > 0 and int start)
            {
                reserved = $"[IpcReserved({members[(start + 10)..].TrimEnd().TrimEnd(')')})] ";
                members = members[..start];
            }

            source = source.StartsWith("[SharedLayout", StringComparison.Ordinal) ? source : $"{reserved}[IpcService] public partial interface IA {{ {members} }}\n{source[types..]}";
        }

        Compilation compilation = TestProject.Compile(source);
        ImmutableArray<Diagnostic> errors = [.. TestProject.ErrorsOf(compilation)];
        Assert.True(errors.IsEmpty, $"{source}\n{string.Join('\n', errors)}");
        ContractFactSet facts = ContractFacts.Of(compilation);
        Assert.NotEmpty(facts.Facts);
        return ContractFactSet.Parse(facts.ToText());
    }

    [GeneratedRegex(@"(?:^|(?<=[;\s]))(?:\[(?:IpcReserved|IpcMessage|Union|IpcOpen|Flags|System)[^\]]*\]+ ?)*public ")]
    private static partial Regex Types();
}
