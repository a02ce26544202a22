using System.Collections.Concurrent;
using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>Compiles the source of a test the way a user's project does, and runs every analyzer of the package on it.</summary>
internal static class TestProject
{
    /// <summary>The usings that the SDK and a user's project add, so that tests show only what they are about.</summary>
    internal const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Contracts.Ipc;
        global using Contracts.Ipc.SharedMemory;
        """;

    internal static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview);

    internal static CSharpCompilationOptions CompilationOptions { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>Every analyzer of the assembly: a test also proves that the others stay silent.</summary>
    internal static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(ContractAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    internal static ImmutableArray<DiagnosticDescriptor> Rules { get; } =
        [.. Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static readonly ConcurrentDictionary<(LanguageVersion Version, bool WithRuntime), CSharpCompilation> Empty = new();

    internal static CSharpCompilation Compile(string source, LanguageVersion version = LanguageVersion.Preview, bool withRuntime = true)
    {
        // What is bound of the references is shared by all that grow from one compilation.
        CSharpCompilation empty = Empty.GetOrAdd((version, withRuntime), static key => CreateEmpty(key.Version, key.WithRuntime));
        return empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, ParseOptions.WithLanguageVersion(version), "Test.cs"));
    }

    private static CSharpCompilation CreateEmpty(LanguageVersion version, bool withRuntime)
    {
        string usings = withRuntime ? GlobalUsings : string.Join('\n', GlobalUsings.Split('\n').Where(line => !line.Contains("Contracts.Ipc", StringComparison.Ordinal)));
        CSharpParseOptions options = ParseOptions.WithLanguageVersion(version);
        SyntaxTree[] trees = version >= LanguageVersion.CSharp10 ? [CSharpSyntaxTree.ParseText(usings, options, "Usings.cs")] : [];
        return CSharpCompilation.Create("Test", trees, withRuntime ? References.All : References.Framework, CompilationOptions);
    }

    /// <summary>What our analyzers say, in the order of the source.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="properties">What the build says, as <c>build_property.Name</c>.</param>
    /// <param name="files">Its additional files.</param>
    internal static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(
        Compilation compilation, IReadOnlyDictionary<string, string>? properties = null, ImmutableArray<AdditionalText>? files = null)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(files ?? [], new ProjectOptions(properties ?? ImmutableDictionary<string, string>.Empty)),
            // An analyzer that throws fails the test instead of turning into an AD0001 that nobody reads.
            onAnalyzerException: (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer} failed.", exception),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> diagnostics = await compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    /// <summary>The compiler's own errors.</summary>
    internal static IEnumerable<Diagnostic> ErrorsOf(Compilation compilation)
        => compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
