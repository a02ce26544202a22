using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Tests;

/// <summary>What the parser refuses where the wording of the analyzers does not matter: the rest is tested through them.</summary>
public sealed class ParserTests
{
    private const string Library =
        """
        public class Message { public int Value { get; private set; } }
        """;

    private const string App =
        """
        [IpcService] public partial interface IService { void Send(Message message); }
        """;

    [Fact]
    public void A_private_setter_that_a_reference_assembly_hides_is_not_lost_silently()
    {
        GeneratorRun library = GeneratorRun.Of(TestCompilation.Create(Library, "Library"));

        Assert.Equal([ProblemKind.MemberNotSettable], Problems(TestCompilation.Create(App, references: [library.ToReferenceAssembly()])));
        Assert.Empty(Problems(TestCompilation.Create(App, references: [library.ToReference()])));
        Assert.Empty(Problems(TestCompilation.Create(App, references: [library.Output.ToMetadataReference()])));
    }

    [Fact]
    public void A_problem_in_another_assembly_is_reported_where_the_contract_reaches_it()
    {
        GeneratorRun library = GeneratorRun.Of(TestCompilation.Create("public class Message { public object? Value { get; set; } }", "Library"));
        CSharpCompilation compilation = TestCompilation.Create(App, references: [library.ToReference()]);

        ContractProblem problem = Assert.Single(Parse(compilation).Problems);

        Assert.Equal(ProblemKind.MemberTypeUnsupported, problem.Kind);
        Assert.Equal("message", problem.Location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(problem.Location.SourceSpan));
        Assert.Equal("IService.Send(message).Value", problem.Arguments[^1]);
    }

    [Fact]
    public void A_type_that_does_not_exist_is_left_to_the_compiler()
    {
        ParseResult result = Parse(TestCompilation.Create("[IpcService] public partial interface IService { void Send(List<Missing> message); }"));

        Assert.Null(result.Model);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void Two_names_with_one_hash_are_refused()
    {
        CSharpCompilation compilation = TestCompilation.Create(
            """
            [IpcService(Name = "Collision")] public partial interface IService { void MbQEHQn38L2k(); void MSeQdBqKwd_j(); }
            """);

        Assert.Equal([ProblemKind.MethodIdCollision], Problems(compilation));
    }

    [Fact]
    public void A_generic_type_that_contains_ever_larger_instantiations_of_itself_ends()
    {
        CSharpCompilation compilation = TestCompilation.Create(
            """
            public class Node<T> { public Node<List<T>>? Next { get; set; } }
            [IpcService] public partial interface IService { void Send(Node<int> node); }
            """);

        Assert.Contains(ProblemKind.MessageGrowsForEver, Problems(compilation));
    }

    private static ProblemKind[] Problems(CSharpCompilation compilation) => [.. Parse(compilation).Problems.Select(problem => problem.Kind)];

    private static ParseResult Parse(CSharpCompilation compilation)
        => ContractParser.Parse(
            compilation.GetTypeByMetadataName("IService")!, KnownSymbols.TryCreate(compilation)!, TestContext.Current.CancellationToken);
}
