using Contracts.Ipc.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Tests;

/// <summary>What an edit makes the generator do again: nothing, unless a contract or a message changed.</summary>
public sealed class CachingTests
{
    private const string Shop =
        """
        namespace Acme;

        public sealed record Order(int Id, string Name);

        [IpcService]
        public partial interface IShop { ValueTask<Order> GetAsync(int id); }
        """;

    private const string Clock =
        """
        namespace Acme;

        public sealed class Time { public long Ticks { get; set; } }

        [IpcService]
        public partial interface IClock { ValueTask<Time> NowAsync(); }

        public interface IForeign { void Run(); }

        [IpcContractFor(typeof(IForeign))]
        public static partial class Foreign;
        """;

    private const string Code =
        """
        namespace Acme;

        public static class Program { public static int Answer() => 42; }
        """;

    private readonly CSharpCompilation _compilation = TestCompilation.Create([Shop, Clock, Code]);

    [Fact]
    public void The_same_compilation_again_runs_nothing()
        => AssertOutputs(GeneratorRun.Of(_compilation).Again(_compilation), changed: []);

    [Fact]
    public void An_unrelated_edit_leaves_every_file_cached()
    {
        GeneratorRun run = GeneratorRun.Of(_compilation).Again(Edit(2, Code, Code.Replace("42", "43", StringComparison.Ordinal)));

        AssertOutputs(run, changed: []);
        AssertModelsUnchanged(run);
    }

    [Fact]
    public void A_new_type_leaves_every_file_cached()
        => AssertOutputs(GeneratorRun.Of(_compilation).Again(Edit(2, Code, Code + "\npublic class Another { }")), changed: []);

    [Fact]
    public void A_comment_in_a_contract_leaves_every_file_cached()
    {
        GeneratorRun run = GeneratorRun.Of(_compilation).Again(Edit(0, Shop, Shop.Replace("[IpcService]", "// A shop.\n\n[IpcService]", StringComparison.Ordinal)));

        AssertOutputs(run, changed: []);
        AssertModelsUnchanged(run);
    }

    [Fact]
    public void A_new_method_of_a_message_leaves_every_file_cached()
        => AssertOutputs(
            GeneratorRun.Of(_compilation).Again(Edit(0, Shop, Shop.Replace("string Name);", "string Name) { public int Twice() => Id * 2; }", StringComparison.Ordinal))),
            changed: []);

    [Fact]
    public void A_changed_signature_rewrites_that_contract_only()
        => AssertOutputs(
            GeneratorRun.Of(_compilation).Again(Edit(0, Shop, Shop.Replace("int id", "long id", StringComparison.Ordinal))),
            changed: ["Acme.IShop.g.cs"]);

    [Fact]
    public void A_changed_message_rewrites_its_formatter_and_the_contract_whose_fingerprint_it_changes()
        => AssertOutputs(
            GeneratorRun.Of(_compilation).Again(Edit(0, Shop, Shop.Replace("string Name", "string? Name, int Count", StringComparison.Ordinal))),
            changed: ["Acme.IShop.g.cs", "IpcGenerated-Acme_OrderFormatter.g.cs"]);

    [Fact]
    public void A_new_contract_leaves_the_files_of_the_others_cached()
    {
        const string Added = "\n[IpcService] public partial interface INew { ValueTask<List<string>> Run(Guid id, List<string> texts); }";
        GeneratorRun run = GeneratorRun.Of(_compilation).Again(Edit(2, Code, Code + Added));

        AssertOutputs(run, changed: ["Acme.INew.g.cs", "IpcGenerated-System_Collections_Generic_List_1string_2Formatter.g.cs"]);
    }

    [Fact]
    public void A_contract_that_becomes_invalid_and_valid_again_ends_with_the_same_files()
    {
        GeneratorRun first = GeneratorRun.Of(_compilation);
        GeneratorRun broken = first.Again(Edit(0, Shop, Shop.Replace("int id", "object id", StringComparison.Ordinal)));
        GeneratorRun mended = broken.Again(_compilation);

        Assert.Contains("not a valid contract", broken.File("Acme.IShop.g.cs"), StringComparison.Ordinal);
        Assert.Equal(Texts(first), Texts(mended));
    }

    private static IEnumerable<(string, string)> Texts(GeneratorRun run)
        => run.Files.Select(file => (file.HintName, file.SourceText.ToString()));

    private CSharpCompilation Edit(int file, string before, string after)
    {
        Assert.NotEqual(before, after);
        SyntaxTree tree = _compilation.SyntaxTrees[file];
        return _compilation.ReplaceSyntaxTree(tree, TestCompilation.Parse(TestCompilation.Usings + after, tree.FilePath));
    }

    private static void AssertOutputs(GeneratorRun run, string[] changed)
    {
        run.CompilesCleanly();
        string[] rewritten =
        [
            .. run.Result.TrackedOutputSteps
                .SelectMany(step => step.Value)
                .SelectMany(step => step.Outputs)
                .Where(output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Removed))
                .SelectMany(output => HintNamesOf(output.Value))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(changed, rewritten);
    }

    // The value of an output step is a tuple that starts with the list of its files, whose type is not public.
    private static IEnumerable<string> HintNamesOf(object value)
    {
        var sources = (System.Collections.IEnumerable)((System.Runtime.CompilerServices.ITuple)value)[0]!;
        foreach (object source in sources)
        {
            yield return (string)source.GetType().GetProperty("HintName")!.GetValue(source)!;
        }
    }

    private static void AssertModelsUnchanged(GeneratorRun run)
    {
        foreach (string step in new[] { TrackingNames.ContractModels, TrackingNames.Formatters })
        {
            Assert.All(
                run.Result.TrackedSteps[step].SelectMany(run => run.Outputs),
                output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {output.Reason}"));
        }
    }
}
