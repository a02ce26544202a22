using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Usage;

/// <summary>
/// Finds [OneWay], [IpcMethod] and [IpcFault] on methods of classes, where nobody reads them: IPC4003.
/// </summary>
/// <remarks>Interfaces without [IpcService] are left alone: a contract may inherit their methods.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisplacedAttributeAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.AttributeWithoutEffect];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        INamedTypeSymbol?[] attributes =
        [
            context.Compilation.GetTypeByMetadataName(AttributeNames.OneWay),
            context.Compilation.GetTypeByMetadataName(AttributeNames.Method),
            context.Compilation.GetTypeByMetadataName(AttributeNames.Fault),
        ];
        if (attributes[0] is not null)
        {
            context.RegisterSymbolAction(symbol => Analyze(symbol, attributes), SymbolKind.Method);
        }
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol?[] attributes)
    {
        if (context.Symbol.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct })
        {
            return;
        }

        foreach (AttributeData data in context.Symbol.GetAttributes())
        {
            if (data.AttributeClass is { } type
                && attributes.Contains(type, SymbolEqualityComparer.Default)
                && data.ApplicationSyntaxReference is { } syntax)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    UsageRules.AttributeWithoutEffect,
                    Location.Create(syntax.SyntaxTree, syntax.Span),
                    ShortName(type),
                    context.Symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)));
            }
        }
    }

    private static string ShortName(INamedTypeSymbol attribute)
        => attribute.Name.EndsWith(nameof(Attribute), StringComparison.Ordinal)
            ? attribute.Name.Substring(0, attribute.Name.Length - nameof(Attribute).Length)
            : attribute.Name;
}
