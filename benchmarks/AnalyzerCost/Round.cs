using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Benchmarks.AnalyzerCost;

/// <summary>One build of a project from its text: parsing, generating, analyzing, emitting; each with a clock.</summary>
/// <param name="Parse">Parsing.</param>
/// <param name="Generate">The generator, from nothing.</param>
/// <param name="Analyze">All analyzers, as the clock on the wall says.</param>
/// <param name="Emit">Binding and writing the assembly.</param>
/// <param name="Own">What each analyzer took by itself, on all threads.</param>
internal sealed record Round(TimeSpan Parse, TimeSpan Generate, TimeSpan Analyze, TimeSpan Emit, ImmutableDictionary<string, TimeSpan> Own)
{
    public TimeSpan Total => Parse + Generate + Analyze + Emit;

    public static async Task<Round> RunAsync(SourceProject project, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        // What earlier rounds have left is not this one's to collect.
        GC.Collect();
        GC.WaitForPendingFinalizers();

        long started = Stopwatch.GetTimestamp();
        CSharpCompilation parsed = project.Parse();
        TimeSpan parse = Stopwatch.GetElapsedTime(started);

        started = Stopwatch.GetTimestamp();
        _ = CompilerAssemblies.NewDriver().RunGeneratorsAndUpdateCompilation(parsed, out Compilation compilation, out _);
        TimeSpan generate = Stopwatch.GetElapsedTime(started);

        started = Stopwatch.GetTimestamp();
        ImmutableDictionary<string, TimeSpan> own = analyzers.IsEmpty ? ImmutableDictionary<string, TimeSpan>.Empty : await AnalyzeAsync(compilation, analyzers);
        TimeSpan analyze = Stopwatch.GetElapsedTime(started);

        started = Stopwatch.GetTimestamp();
        using var assembly = new MemoryStream();
        if (compilation.Emit(assembly) is { Success: false } failure)
        {
            throw new InvalidOperationException("The generated project does not compile: " + failure.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        }

        var round = new Round(parse, generate, analyze, Stopwatch.GetElapsedTime(started), own);
        Console.Error.WriteLine($"{project.Name}, {analyzers.Length} analyzers: parse {parse.TotalMilliseconds:0}, generate {generate.TotalMilliseconds:0}, analyze {analyze.TotalMilliseconds:0}, emit {round.Emit.TotalMilliseconds:0} ms");
        return round;
    }

    private static async Task<ImmutableDictionary<string, TimeSpan>> AnalyzeAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: static (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer} failed.", exception),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: true);
        AnalysisResult result = await compilation.WithAnalyzers(analyzers, options).GetAnalysisResultAsync(CancellationToken.None);
        return result.GetAllDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning) is { } unexpected
            ? throw new InvalidOperationException("A rule speaks about the generated project, which should give no reason: " + unexpected)
            : result.AnalyzerTelemetryInfo.ToImmutableDictionary(pair => pair.Key.GetType().Name, pair => pair.Value.ExecutionTime);
    }
}
