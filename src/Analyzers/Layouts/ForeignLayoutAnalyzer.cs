using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Layouts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Layouts;

/// <summary>Explains a [ForeignLayout] that nobody can use: IPC3048. One with wrong numbers only the runtime can tell.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForeignLayoutAnalyzer : RuleAnalyzer
{
    private const string Remove = "Remove the attribute";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LayoutAdvice.UselessForeignLayout];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
        => context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.Attribute);

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var syntax = (AttributeSyntax)context.Node;
        if (syntax.Parent is not AttributeListSyntax { Target.Identifier.RawKind: (int)SyntaxKind.AssemblyKeyword } || !IsNamed(syntax.Name))
        {
            return;
        }

        IAssemblySymbol assembly = context.Compilation.Assembly;
        ForeignLayout[] before = [];
        foreach (AttributeData attribute in assembly.FindAttributes(AttributeNames.ForeignLayout))
        {
            if (ForeignLayout.Of(attribute, assembly) is not { } layout)
            {
                continue;
            }

            if (attribute.ApplicationSyntaxReference is { } place && place.SyntaxTree == syntax.SyntaxTree && place.Span == syntax.Span)
            {
                if (Why(layout, before) is { } reason)
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        LayoutAdvice.UselessForeignLayout, syntax.GetLocation(), TypeNames.Display(layout.Type), reason.Reason, reason.Advice));
                }

                return;
            }

            before = [.. before, layout];
        }
    }

    private static (string Reason, string Advice)? Why(ForeignLayout layout, ForeignLayout[] before) => layout.Type switch
    {
        { TypeKind: TypeKind.Error } => null,
        { IsUnboundGenericType: true } => ("without its type arguments it has no size", "Name them, as in typeof(KeyValuePair<int, int>)"),
        _ when SymbolEqualityComparer.Default.Equals(layout.Type.ContainingAssembly, layout.Assembly) => ("it is declared in this project, where its layout is computed", Remove),
        _ when RefusedTypes.Find(layout.Type) is not null => ("its layout is left to the runtime, or its value belongs to one process", "Remove the attribute, and store what the error at the field proposes"),
        { IsUnmanagedType: false } => ("it holds references", "Remove the attribute, and store the data itself"),
        { TypeKind: TypeKind.Enum } => ("it is an enum, and its layout is known", Remove),
        _ when LeafCatalogue.Find(layout.Type) is not null || layout.Type.HasAttribute(AttributeNames.SharedLayout) => ("its layout is known", Remove),
        _ when !layout.IsPossible => ($"no struct has {LayoutNames.Number(layout.Size)} bytes and the alignment {LayoutNames.Number(layout.Alignment)}", "Write what sizeof says, and 1, 2, 4, 8 or 16 for the alignment, which divides the size"),
        _ when before.Any(other => SymbolEqualityComparer.Default.Equals(other.Type, layout.Type)) => ("another attribute before it speaks for the same type", Remove),
        _ => null,
    };

    private static bool IsNamed(NameSyntax name)
    {
        string last = name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return last is "ForeignLayout" or "ForeignLayoutAttribute";
    }
}
