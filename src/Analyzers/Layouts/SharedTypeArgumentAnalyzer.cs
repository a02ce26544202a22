using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Layouts;

/// <summary>
/// Explains type arguments that had to be shared structs and are none: IPC3030. The compiler refuses them too, but speaks of boxing conversions.
/// </summary>
/// <remarks>
/// It looks only at names of types and methods that ask for shared structs: those of the library, of assemblies that use it, and of the project. A project
/// that names none of them pays a look into a set for every generic name.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedTypeArgumentAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LayoutRules.TypeIsNotShared];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (context.Compilation.GetTypeByMetadataName(SharedTypeArgument.ConstraintName) is { } constraint)
        {
            var names = new SharedTypeNames(constraint, context.Compilation);
            context.RegisterSyntaxNodeAction(node => AnalyzeName(node, constraint, names), SyntaxKind.GenericName);
            context.RegisterSyntaxNodeAction(node => AnalyzeCall(node, constraint, names), SyntaxKind.InvocationExpression);
        }
    }

    private static void AnalyzeName(SyntaxNodeAnalysisContext context, INamedTypeSymbol constraint, SharedTypeNames names)
    {
        var name = (GenericNameSyntax)context.Node;
        if (names.Contains(name.Identifier.ValueText))
        {
            foreach ((TypeSyntax syntax, ITypeSymbol type) in SharedTypeArgument.Find(context.SemanticModel, name, constraint, context.CancellationToken))
            {
                Report(context, name.Identifier.ValueText, syntax, type);
            }
        }
    }

    private static void AnalyzeCall(SyntaxNodeAnalysisContext context, INamedTypeSymbol constraint, SharedTypeNames names)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        SimpleNameSyntax? name = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        if (name is IdentifierNameSyntax && names.Contains(name.Identifier.ValueText))
        {
            foreach ((ExpressionSyntax syntax, ITypeSymbol type) in SharedTypeArgument.FindInferred(context.SemanticModel, call, constraint, context.CancellationToken))
            {
                Report(context, name.Identifier.ValueText, syntax, type);
            }
        }
    }

    private static void Report(SyntaxNodeAnalysisContext context, string name, SyntaxNode place, ITypeSymbol type)
        => context.ReportDiagnostic(Diagnostic.Create(
            LayoutRules.TypeIsNotShared, place.GetLocation(), name, type.ToMinimalDisplayString(context.SemanticModel, place.SpanStart), Advice(type, context.Compilation)));

    private static string Advice(ITypeSymbol type, Compilation compilation) => type switch
    {
        ITypeParameterSymbol => $"Constrain it: where {type.Name} : unmanaged, ISharedLayout<{type.Name}>",
        { TypeKind: TypeKind.Struct } when SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
            => "Mark the struct [SharedLayout] and make it partial",
        { IsValueType: true } => "Make it a field of a struct of your own that is marked [SharedLayout]",
        _ => "Only structs lie in shared memory: declare one with the data and mark it [SharedLayout]",
    };
}
