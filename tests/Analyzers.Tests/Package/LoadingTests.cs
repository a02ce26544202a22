using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Contracts.Ipc.Analyzers.Shapes;
using Contracts.Ipc.CodeFixes;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Tests.Package;

/// <summary>A compiler or an editor loads our DLLs with nothing beside them but each other.</summary>
public sealed class LoadingTests
{
    private static readonly string[] OfCompiler =
        ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory"];

    private static readonly string[] OfEditor =
        [.. OfCompiler, "Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Composition.AttributedModel"];

    [Fact]
    public void The_analyzers_need_only_the_compiler()
        => Assert.Empty(ReferencesOf(typeof(ContractAnalyzer).Assembly.Location).Except(OfCompiler));

    [Fact]
    public void The_generator_needs_only_the_compiler()
        => Assert.Empty(ReferencesOf(Repository.GeneratorPath).Except(OfCompiler));

    [Fact]
    public void The_code_fixes_need_only_the_editor_and_the_analyzers()
        => Assert.Empty(ReferencesOf(typeof(SyntaxFix).Assembly.Location).Except([.. OfEditor, "Contracts.Ipc.Analyzers"]));

    [Fact]
    public void Every_analyzer_and_every_fix_is_exported()
    {
        Assert.All(TestProject.Analyzers, analyzer => Assert.NotNull(analyzer.GetType().GetCustomAttribute<DiagnosticAnalyzerAttribute>()));
        Assert.All(FixProject.Providers, provider =>
        {
            Assert.Equal(provider.GetType().Name, provider.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()!.Name);
            Assert.All(provider.FixableDiagnosticIds, id => Assert.Contains(TestProject.Rules, rule => rule.Id == id));
        });
    }

    private static string[] ReferencesOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
