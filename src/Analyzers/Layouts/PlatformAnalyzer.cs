using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Layouts;

/// <summary>Says that shared structs are of no use in a project that is built for 32 bits or for big-endian processors: IPC3044.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PlatformAnalyzer : RuleAnalyzer
{
    private static readonly string[] Narrow = ["-x86", "-arm", "-armel", "-armv6", "-wasm"];
    private static readonly string[] BigEndian = ["-s390x", "-ppc64", "-mips64"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LayoutAdvice.PlatformWithoutSegments];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (Unfit(context.Options, context.Compilation) is { } platform)
        {
            context.RegisterSymbolAction(symbol => Analyze(symbol, platform), SymbolKind.NamedType);
        }
    }

    private static void Analyze(SymbolAnalysisContext context, string platform)
    {
        if (context.Symbol is INamedTypeSymbol { TypeKind: TypeKind.Struct } type && type.HasAttribute(AttributeNames.SharedLayout))
        {
            context.ReportDiagnostic(Diagnostic.Create(LayoutAdvice.PlatformWithoutSegments, type.Locations[0], TypeNames.Display(type), platform));
        }
    }

    /// <summary>What the project is built for, if no segment can be opened there.</summary>
    private static string? Unfit(AnalyzerOptions options, Compilation compilation)
    {
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.RuntimeIdentifier", out string? identifier);
        return (compilation.Options.Platform, identifier ?? "") switch
        {
            (Platform.X86, _) => "x86, which has 32 bits",
            (Platform.Arm, _) => "ARM with 32 bits",
            var (_, name) when Narrow.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal)) => $"'{name}', which has 32 bits",
            var (_, name) when BigEndian.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal)) => $"'{name}', which is big-endian",
            _ => null,
        };
    }
}
