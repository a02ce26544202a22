using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Tests.Harness;

/// <summary>Compilations that reference the framework of this process and the runtime.</summary>
internal static class TestCompilation
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => IsFramework(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(IpcServiceAttribute).Assembly.Location),
    ];

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13, DocumentationMode.Parse);

    internal const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Contracts.Ipc;
        using Contracts.Ipc.SharedMemory;

        """;

    internal static CSharpCompilation Create(
        string source, string assemblyName = "Acme.App", LanguageVersion version = LanguageVersion.CSharp13, IEnumerable<MetadataReference>? references = null, bool allowUnsafe = false)
        => Create([source], assemblyName, version, references, allowUnsafe);

    internal static CSharpCompilation Create(
        IEnumerable<string> sources, string assemblyName = "Acme.App", LanguageVersion version = LanguageVersion.CSharp13, IEnumerable<MetadataReference>? references = null, bool allowUnsafe = false)
        => CSharpCompilation.Create(
            assemblyName,
            sources.Select((source, index) => Parse(Usings + source, $"Source{index}.cs", version)),
            [.. References, .. references ?? []],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                warningLevel: 9999,
                nullableContextOptions: NullableContextOptions.Enable,
                allowUnsafe: allowUnsafe));

    /// <summary>A compilation of a source that brings its own usings.</summary>
    internal static CSharpCompilation CreateBare(string source)
        => Create([]).WithAssemblyName("Again").AddSyntaxTrees(Parse(source, "Declaration.cs"));

    internal static SyntaxTree Parse(string text, string path, LanguageVersion version = LanguageVersion.CSharp13)
        => CSharpSyntaxTree.ParseText(text, ParseOptions.WithLanguageVersion(version), path);

    private static bool IsFramework(string file)
        => file.StartsWith("System.", StringComparison.Ordinal) || file is "netstandard.dll" or "mscorlib.dll" or "Microsoft.Extensions.Logging.Abstractions.dll";
}
