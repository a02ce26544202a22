using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers;

/// <summary>
/// Whether a project has anything to do with this library. Analyzers flow to every project that references the package, even indirectly, and most of those never say its name: they are recognised
/// by a look at their text, before the compiler is asked for a single symbol or operation.
/// </summary>
internal static class Mentions
{
    private const string Runtime = "Contracts.Ipc";

    /// <summary>What everybody writes who uses something of the library: it is part of its namespace.</summary>
    private const string Name = "Ipc";

    /// <summary>How the files are called in which contracts are recorded: a project that has them had contracts.</summary>
    private const string Baseline = "IpcContracts.";

    // Compilations come and go with each keystroke, and nearly all of their trees stay. The tables keep neither alive.
    private static readonly ConditionalWeakTable<Compilation, object> Projects = new();
    private static readonly ConditionalWeakTable<SyntaxTree, object> Trees = new();

    internal static bool Library(Compilation compilation, AnalyzerOptions options)
        => (bool)Projects.GetValue(compilation, static key => IsAbout(key)) || options.AdditionalFiles.Any(file => file.Path.Contains(Baseline));

    private static object IsAbout(Compilation compilation)
        => compilation.AssemblyName == Runtime
            || (compilation.ReferencedAssemblyNames.Any(static name => name.Name == Runtime) && (SeesContracts(compilation) || compilation.SyntaxTrees.Any(IsNamed)));

    /// <summary>Whether another assembly that is referenced uses the library: its contracts and connections can be used without naming it.</summary>
    private static bool SeesContracts(Compilation compilation)
        => compilation.SourceModule.ReferencedAssemblySymbols.Any(static assembly => assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static name => name.Name == Runtime)));

    private static bool IsNamed(SyntaxTree tree) => (bool)Trees.GetValue(tree, static key => key.GetText().ToString().Contains(Name));
}
