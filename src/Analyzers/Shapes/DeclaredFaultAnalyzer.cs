using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Shapes;

/// <summary>Finds faults that no caller can see, and those that are declared twice: IPC1032, IPC1033.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclaredFaultAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [MethodRules.FaultOnOneWay, MethodRules.FaultRepeated];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (ContractAttributes.TryCreate(context.Compilation) is { } attributes)
        {
            context.RegisterSymbolAction(
                symbol =>
                {
                    if (attributes.IsContract((INamedTypeSymbol)symbol.Symbol))
                    {
                        Analyze(symbol, (INamedTypeSymbol)symbol.Symbol);
                    }
                },
                SymbolKind.NamedType);
        }
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol contract)
    {
        var ofContract = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        CheckRepeated(context, contract, ofContract);
        foreach (IMethodSymbol method in contract.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.HasAttribute(AttributeNames.OneWay))
            {
                foreach (AttributeData fault in method.FindAttributes(AttributeNames.Fault))
                {
                    Report(context, MethodRules.FaultOnOneWay, fault, method.Name, Detail(fault)?.Name ?? "");
                }
            }
            else
            {
                CheckRepeated(context, method, new HashSet<ITypeSymbol>(ofContract, SymbolEqualityComparer.Default));
            }
        }
    }

    private static void CheckRepeated(SymbolAnalysisContext context, ISymbol symbol, HashSet<ITypeSymbol> known)
    {
        foreach (AttributeData fault in symbol.FindAttributes(AttributeNames.Fault))
        {
            if (Detail(fault) is { } detail && !known.Add(detail))
            {
                Report(context, MethodRules.FaultRepeated, fault, detail.Name, symbol.Name);
            }
        }
    }

    private static ITypeSymbol? Detail(AttributeData fault) => fault.Positional<ITypeSymbol>(0);

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor rule, AttributeData attribute, params object[] arguments)
    {
        if (attribute.ApplicationSyntaxReference is { } syntax && Detail(attribute) is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, Location.Create(syntax.SyntaxTree, syntax.Span), arguments));
        }
    }
}
