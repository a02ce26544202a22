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
/// It looks only at generic names that the library has given out, so that a project without shared memory pays nothing for it.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedTypeArgumentAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LayoutRules.TypeIsNotShared];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (context.Compilation.GetTypeByMetadataName(SharedTypeArgument.ConstraintName) is { } constraint)
        {
            HashSet<string> names = NamesThatAsk(constraint);
            context.RegisterSyntaxNodeAction(node => Analyze(node, constraint, names), SyntaxKind.GenericName);
        }
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol constraint, HashSet<string> names)
    {
        var name = (GenericNameSyntax)context.Node;
        if (!names.Contains(name.Identifier.ValueText))
        {
            return;
        }

        foreach ((TypeSyntax syntax, ITypeSymbol type) in SharedTypeArgument.Find(context.SemanticModel, name, constraint, context.CancellationToken))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                LayoutRules.TypeIsNotShared,
                syntax.GetLocation(),
                name.Identifier.ValueText,
                type.ToMinimalDisplayString(context.SemanticModel, syntax.SpanStart),
                Advice(type, context.Compilation)));
        }
    }

    private static string Advice(ITypeSymbol type, Compilation compilation) => type switch
    {
        ITypeParameterSymbol => $"Constrain it: where {type.Name} : unmanaged, ISharedLayout<{type.Name}>",
        { TypeKind: TypeKind.Struct } when SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
            => "Mark the struct [SharedLayout] and make it partial",
        { IsValueType: true } => "Make it a field of a struct of your own that is marked [SharedLayout]",
        _ => "Only structs lie in shared memory: declare one with the data and mark it [SharedLayout]",
    };

    /// <summary>The generic types and methods beside the constraint that ask for it.</summary>
    private static HashSet<string> NamesThatAsk(INamedTypeSymbol constraint)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (INamedTypeSymbol type in constraint.ContainingNamespace.GetTypeMembers())
        {
            if (!SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, constraint.ContainingAssembly))
            {
                continue;
            }

            names.UnionWith(type.GetMembers().OfType<IMethodSymbol>()
                .Where(method => method.TypeParameters.Any(parameter => SharedTypeArgument.Asks(parameter, constraint)))
                .Select(method => method.Name));
            if (type.TypeParameters.Any(parameter => SharedTypeArgument.Asks(parameter, constraint)))
            {
                names.Add(type.Name);
            }
        }

        return names;
    }
}
