using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Tests.Harness;

namespace Contracts.Ipc.Generators.Tests;

/// <summary>Names of files and formatters: different types never get one name.</summary>
public sealed class HintNameTests
{
    [Fact]
    public void Names_that_differ_by_case_only_get_files_of_their_own()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            namespace Acme
            {
                public record Order(int Id);
                public record ORDER(int Id);
                [IpcService] public partial interface IShop { void Send(Order order); }
                [IpcService] public partial interface ISHOP { void Send(ORDER order); }
            }

            namespace ACME
            {
                [IpcService] public partial interface IShop { void Send(List<string> texts); }
            }
            """).CompilesCleanly();

        Assert.Equal(6, run.Files.Select(file => file.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Types_whose_names_differ_by_separators_only_get_formatters_of_their_own()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            namespace A.B_C { public record D(int X); public class E { public record F(int X); } }
            namespace A_B.C { public record D(int X); public record E_F(int X); }
            namespace A_.B { public record C(int X); }
            namespace A._B { public record C(int X); public record C<T>(T X); public record C_1int_2(int X); }
            namespace A.B_C.E_ { public record F(int X); }

            [IpcService]
            public partial interface IAll
            {
                void Send(A.B_C.D a, A.B_C.E.F b, A_B.C.D c, A_B.C.E_F d, A_.B.C e, A._B.C f, A._B.C<int> g, A._B.C_1int_2 h, A.B_C.E_.F i, A._B.C<int[]> j, A._B.C<int?> k, A._B.C<(int, int)> l);
            }
            """).CompilesCleanly();

        Assert.Equal(13, run.Files.Length);
    }

    [Fact]
    public void A_long_name_is_shortened_to_what_a_file_system_takes()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            public record Pair<T, U>(T First, U Second);

            [IpcService]
            public partial interface IDeep
            {
                void A(Pair<Dictionary<string, List<Pair<int, string>>>, Pair<Dictionary<string, List<Pair<long, string>>>, Dictionary<string, List<string[]>>>> value);
                void B(Pair<Dictionary<string, List<Pair<int, string>>>, Pair<Dictionary<string, List<Pair<long, string>>>, Dictionary<string, List<string[][]>>>> value);
            }
            """).CompilesCleanly();

        Assert.All(run.Files, file => Assert.True(file.HintName.Length < 150, file.HintName));
    }

    [Theory]
    [InlineData("global::Acme.Order", "Acme_OrderFormatter")]
    [InlineData("global::Acme_.Order", "Acme_0_OrderFormatter")]
    [InlineData("global::Acme._Order", "Acme__0OrderFormatter")]
    [InlineData("global::Acme.Page<int>", "Acme_Page_1int_2Formatter")]
    [InlineData("global::Acme.@class", "Acme_classFormatter")]
    public void The_name_of_a_formatter_can_be_read_back(string type, string formatter)
        => Assert.Equal(formatter, FormatterNames.Of(type));

    [Fact]
    public void Two_contracts_share_the_formatter_of_a_type()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            public class Node { public Node? Next { get; set; } public Leaf? Leaf { get; set; } }
            public class Leaf { public Node? Parent { get; set; } }
            [IpcService] public partial interface IFirst { void Send(Node node); }
            [IpcService] public partial interface ISecond { void Send(Leaf leaf); }
            """).CompilesCleanly();

        // Both types lie on a cycle, from whichever of them a contract starts.
        Assert.Equal(4, run.Files.Length);
        Assert.Contains("writer.Enter();", run.File("IpcGenerated-NodeFormatter.g.cs"), StringComparison.Ordinal);
        Assert.Contains("writer.Enter();", run.File("IpcGenerated-LeafFormatter.g.cs"), StringComparison.Ordinal);
    }
}
