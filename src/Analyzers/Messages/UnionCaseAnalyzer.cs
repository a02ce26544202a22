using System.Collections.Immutable;
using System.Globalization;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Messages;

/// <summary>Finds types that derive from a union of their own assembly and were forgotten in it: IPC2028.</summary>
/// <remarks>In other assemblies they are test doubles and the like, which nobody sends.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnionCaseAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [MessageAdviceRules.CaseNotListed];

    /// <summary>The next tag that was never used.</summary>
    internal static int FreeTag(INamedTypeSymbol union)
    {
        IEnumerable<long> used = UnionParser.Cases(union).Select(item => (long)item.Positional<int>(0))
            .Concat(Reservations.On(union).Select(reservation => reservation.Number).OfType<long>());
        return (int)Math.Min(used.DefaultIfEmpty(-1).Max() + 1, int.MaxValue);
    }

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type is not { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, IsStatic: false, IsGenericType: false } || IsHidden(type))
        {
            return;
        }

        foreach (INamedTypeSymbol union in Ancestors(type).Where(ancestor => !ancestor.IsGenericType && IsUnionOf(ancestor, context.Compilation.Assembly)))
        {
            INamedTypeSymbol[] cases = [.. UnionParser.Cases(union).Select(item => item.Positional<INamedTypeSymbol>(1)).OfType<INamedTypeSymbol>()];
            if (!cases.Contains(type, SymbolEqualityComparer.Default) && !IsFallback(type, union))
            {
                INamedTypeSymbol? instead = Ancestors(type).FirstOrDefault(ancestor => cases.Contains(ancestor, SymbolEqualityComparer.Default));
                context.ReportDiagnostic(Diagnostic.Create(
                    MessageAdviceRules.CaseNotListed,
                    type.Locations[0],
                    type.Name,
                    union.Name,
                    instead is null ? "an error at run time" : $"sending a '{instead.Name}', and the rest is lost",
                    FreeTag(union).ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    // Our own attribute only: the unions of MessagePack-CSharp may be used for other things.
    private static bool IsUnionOf(INamedTypeSymbol type, IAssemblySymbol assembly)
        => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly) && type.HasAttribute(AttributeNames.Union);

    private static bool IsFallback(INamedTypeSymbol type, INamedTypeSymbol union)
        => union.FindAttribute(AttributeNames.Open) is { ConstructorArguments: { Length: 1 } arguments }
            && arguments[0].Kind == TypedConstantKind.Type
            && SymbolEqualityComparer.Default.Equals(arguments[0].Value as ITypeSymbol, type);

    /// <summary>A type that nobody else can make is no case that somebody forgot.</summary>
    private static bool IsHidden(INamedTypeSymbol type)
        => type.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal || type.IsFileLocal;

    private static IEnumerable<INamedTypeSymbol> Ancestors(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            yield return ancestor;
        }

        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            yield return implemented;
        }
    }
}
