using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Benchmarks.AnalyzerCost;

/// <summary>The generator and the analyzers of the package, loaded from their DLLs.</summary>
internal static class CompilerAssemblies
{
    public static ImmutableArray<ISourceGenerator> Generators { get; } = Load("Contracts.Ipc.Generators").GetGenerators(LanguageNames.CSharp);

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = Load("Contracts.Ipc.Analyzers").GetAnalyzers(LanguageNames.CSharp);

    public static GeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(Generators, parseOptions: SourceProject.ParsedWith);

    private static AnalyzerFileReference Load(string name) => new(Path.Combine(AppContext.BaseDirectory, name + ".dll"), new Loader());

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => AssemblyLoadContext.Default.LoadFromAssemblyPath(fullPath);
    }
}
