using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Tests;

/// <summary>The models: equal when their contracts are, and free of everything that would keep a compilation alive.</summary>
public sealed class ModelTests
{
    private const string Source =
        """
        namespace Acme;

        public enum Color { Red }

        [Union(0, typeof(Leaf))]
        public interface ITree;

        public sealed class Leaf : ITree { public Color Color { get; private set; } public ITree? Next { get; set; } }

        public sealed record Problem(string Text);

        [IpcService]
        [IpcFault(typeof(Problem))]
        public partial interface IForest
        {
            ValueTask<ITree?> FindAsync(string name, List<Leaf> leaves, int depth = 3, CancellationToken cancellationToken = default);
            [OneWay] void Forget(Dictionary<string, Leaf> map);
        }
        """;

    [Fact]
    public void Equal_sources_give_equal_models()
    {
        ContractUnit first = Parse(Source);
        ContractUnit second = Parse(Source);

        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Theory]
    [InlineData("string name,", "string? name,")]
    [InlineData("int depth = 3", "int depth = 4")]
    [InlineData("FindAsync", "FetchAsync")]
    [InlineData("[OneWay] ", "")]
    [InlineData("private set", "set")]
    [InlineData("Union(0", "Union(1")]
    [InlineData("string Text", "string Text, int Code")]
    [InlineData("[IpcService]", "[IpcService(Name = \"forest\")]")]
    public void Sources_that_mean_something_else_give_different_models(string before, string after)
        => Assert.NotEqual(Parse(Source), Parse(Source.Replace(before, after, StringComparison.Ordinal)));

    [Fact]
    public void The_order_of_declarations_does_not_change_the_fingerprint()
    {
        const string Reordered =
            """
            namespace Acme;

            [IpcService]
            [IpcFault(typeof(Problem))]
            public partial interface IForest
            {
                [OneWay] void Forget(Dictionary<string, Leaf> anything);
                ValueTask<ITree?> FindAsync(string other, List<Leaf> names, int here = 9, CancellationToken cancellationToken = default);
            }

            public sealed record Problem(string Text);

            public sealed class Leaf : ITree { public ITree? Next { get; set; } public Color Color { get; private set; } }

            [Union(0, typeof(Leaf))]
            public interface ITree;

            [IpcReserved("Blue")] public enum Color { Crimson }
            """;
        ContractModel first = Parse(Source).Contract;
        ContractModel second = Parse(Reordered).Contract;

        Assert.Equal(first.Description, second.Description);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
    }

    [Theory]
    [InlineData("int depth = 3", "long depth = 3")]
    [InlineData("FindAsync", "FetchAsync")]
    [InlineData("[OneWay] ", "")]
    [InlineData("Union(0", "Union(1")]
    [InlineData("string Text", "string Text, int Code")]
    [InlineData("enum Color", "enum Color : byte")]
    [InlineData("Color { Red }", "Color { Red, Blue }")]
    public void What_changes_the_wire_changes_the_fingerprint(string before, string after)
        => Assert.NotEqual(Parse(Source).Contract.Fingerprint, Parse(Source.Replace(before, after, StringComparison.Ordinal)).Contract.Fingerprint);

    [Fact]
    public void The_fingerprint_in_the_code_is_the_hash_of_the_description()
    {
        ContractModel contract = Parse(Source).Contract;

        Assert.Equal(Fnv1a.Hash(string.Join("\n", contract.Description)), contract.Fingerprint);
        Assert.Equal(0xaf63dc4c8601ec8cUL, Fnv1a.Hash("a"));
    }

    [Fact]
    public void Two_runs_write_the_same_bytes()
    {
        static string[] Texts() => [.. GeneratorRun.Of(Source).Files.Select(file => file.HintName + file.SourceText)];

        Assert.Equal(Texts(), Texts());
    }

    [Fact]
    public void Nothing_in_the_steps_keeps_a_compilation_alive()
    {
        GeneratorRun run = GeneratorRun.Of(Source);
        string[] ours =
        [
            TrackingNames.Contracts, TrackingNames.ForeignContracts, TrackingNames.ContractModels, TrackingNames.Placeholders, TrackingNames.Formatters,
        ];

        int seen = 0;
        foreach (IncrementalGeneratorRunStep step in run.Result.TrackedSteps.Where(step => ours.Contains(step.Key)).SelectMany(step => step.Value))
        {
            foreach ((object value, _) in step.Outputs)
            {
                Walk(value, new HashSet<object>(ReferenceEqualityComparer.Instance), step.Name!);
                seen++;
            }
        }

        Assert.True(seen > 3, "The steps were not found.");
    }

    // Every object that a model reaches is ours, text, a number or a collection.
    private static void Walk(object? node, HashSet<object> visited, string path)
    {
        if (node is null or string || node.GetType() is { IsPrimitive: true } or { IsEnum: true } || !visited.Add(node))
        {
            return;
        }

        Type type = node.GetType();
        Assert.False(node is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Compilation or SemanticModel or Location or AttributeData, path + " holds a " + type);
        Assert.False(type.Namespace!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), path + " holds a " + type);
        Assert.False(node is Delegate, path + " holds a delegate");
        if (node is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Walk(item, visited, path + "[]");
            }

            return;
        }

        for (Type? declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            foreach (FieldInfo field in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Walk(field.GetValue(node), visited, path + "." + field.Name);
            }
        }
    }

    [Fact]
    public void A_run_does_not_keep_its_compilation_alive()
    {
        (GeneratorDriver driver, WeakReference first) = RunTwice();
        for (int i = 0; i < 10 && first.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(first.IsAlive);
        GC.KeepAlive(driver);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference First) RunTwice()
    {
        CSharpCompilation compilation = TestCompilation.Create(Source);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ContractGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options);
        driver = driver.RunGenerators(compilation);
        driver = driver.RunGenerators(TestCompilation.Create(Source + "\npublic class Edited { }"));
        return (driver, new WeakReference(compilation));
    }

    private static ContractUnit Parse(string source)
    {
        CSharpCompilation compilation = TestCompilation.Create(source);
        INamedTypeSymbol contract = compilation.GetTypeByMetadataName("Acme.IForest")!;
        ParseResult result = ContractParser.Parse(contract, KnownSymbols.TryCreate(compilation)!, TestContext.Current.CancellationToken);
        Assert.Empty(result.Problems);
        return result.Model!;
    }
}
