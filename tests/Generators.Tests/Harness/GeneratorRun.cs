using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.Generators.Tests.Harness;

/// <summary>One run of the generator over one compilation.</summary>
internal sealed class GeneratorRun
{
    private GeneratorRun(GeneratorDriver driver, CSharpCompilation input, Compilation output)
    {
        Driver = driver;
        Input = input;
        Output = output;
    }

    internal GeneratorDriver Driver { get; }

    internal CSharpCompilation Input { get; }

    /// <summary>The compilation with what was generated.</summary>
    internal Compilation Output { get; }

    /// <summary>What became of the contracts.</summary>
    internal GeneratorRunResult Result => Driver.GetRunResult().Results[0];

    /// <summary>What became of the shared structs.</summary>
    internal GeneratorRunResult Layouts => Driver.GetRunResult().Results[1];

    internal ImmutableArray<GeneratedSourceResult> Files => [.. Result.GeneratedSources, .. Layouts.GeneratedSources];

    internal static GeneratorRun Of(string source) => Of(TestCompilation.Create(source));

    internal static GeneratorRun Of(CSharpCompilation compilation)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ContractGenerator().AsSourceGenerator(), new SharedLayoutGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return Run(driver, compilation);
    }

    /// <summary>Runs the same driver again, as an editor does after an edit.</summary>
    internal GeneratorRun Again(CSharpCompilation compilation) => Run(Driver, compilation);

    internal string File(string hintName) => Files.Single(file => file.HintName == hintName).SourceText.ToString();

    /// <summary>
    /// Asserts that the compilation has neither errors nor warnings, at the highest warning level and without the pragma that would
    /// silence the generated files.
    /// </summary>
    internal GeneratorRun CompilesCleanly()
    {
        Assert.All(Driver.GetRunResult().Results, result => Assert.Null(result.Exception));
        Assert.All(Driver.GetRunResult().Results, result => Assert.Empty(result.Diagnostics));
        Compilation bare = Output.RemoveSyntaxTrees(Output.SyntaxTrees.Except(Input.SyntaxTrees));
        bare = bare.AddSyntaxTrees(Files.Select(file => CSharpSyntaxTree.ParseText(
            SourceText.From(file.SourceText.ToString().Replace("#pragma warning disable\n", "\n", StringComparison.Ordinal), Encoding.UTF8),
            ((CSharpParseOptions)Input.SyntaxTrees[0].Options).WithDocumentationMode(DocumentationMode.Diagnose),
            file.HintName)));
        string[] diagnostics =
        [
            .. bare.GetDiagnostics()
                .Where(diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false })
                .Select(diagnostic => $"{diagnostic}\n    {diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}"),
        ];
        Assert.True(diagnostics.Length == 0, string.Join('\n', diagnostics));
        return this;
    }

    /// <summary>Loads what was compiled into this process, after what it references.</summary>
    internal System.Reflection.Assembly Load(params IEnumerable<GeneratorRun> references)
    {
        var context = new System.Runtime.Loader.AssemblyLoadContext(null, isCollectible: true);
        foreach (GeneratorRun reference in references)
        {
            reference.Load(context);
        }

        return Load(context);
    }

    private System.Reflection.Assembly Load(System.Runtime.Loader.AssemblyLoadContext context)
    {
        using var stream = new MemoryStream();
        EmitResult result = Output.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        stream.Position = 0;
        return context.LoadFromStream(stream);
    }

    /// <summary>Emits the compilation, to be referenced by another one.</summary>
    internal MetadataReference ToReference() => ToReference(new EmitOptions());

    /// <summary>Emits the compilation as the SDK does for other projects: what they cannot use is left out.</summary>
    internal MetadataReference ToReferenceAssembly() => ToReference(new EmitOptions(metadataOnly: true, includePrivateMembers: false));

    private PortableExecutableReference ToReference(EmitOptions options)
    {
        using var stream = new MemoryStream();
        EmitResult result = Output.Emit(stream, options: options);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    private static GeneratorRun Run(GeneratorDriver driver, CSharpCompilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return new GeneratorRun(driver, compilation, output);
    }
}
