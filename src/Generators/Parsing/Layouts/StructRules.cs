using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>The rules about one struct as a whole: the shared one, or one that lies in it.</summary>
internal static class StructRules
{
    internal static void Check(INamedTypeSymbol type, LayoutAttributes attributes, LayoutProblemList problems)
    {
        List<IFieldSymbol> fields = LayoutCalculator.FieldsOf(type);
        if (fields.Count == 0)
        {
            problems.Add(LayoutProblemKind.Empty);
        }

        // The field behind an event is a delegate, and no symbol shows it.
        foreach (IEventSymbol hidden in type.GetMembers().OfType<IEventSymbol>().Where(member => member is { IsStatic: false, AddMethod.IsImplicitlyDeclared: true }))
        {
            problems.AddAt(hidden, LayoutProblemKind.Reference, [$"{problems.Place}.{hidden.Name}", TypeNames.Display(hidden.Type)]);
        }

        if (attributes.Kind == LayoutAttributes.Auto)
        {
            problems.Add(LayoutProblemKind.AutoLayout);
        }

        if (attributes.NamesCharSet)
        {
            problems.Add(LayoutProblemKind.MarshallingAttribute, "CharSet");
        }

        // Between the parts of a partial struct there is no order.
        if (fields.Select(PartOf).OfType<TypeDeclarationSyntax>().Distinct().Count() > 1)
        {
            problems.Add(LayoutProblemKind.FieldsInSeveralParts);
        }

        if (!type.IsRecord && type.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null }))
        {
            problems.Add(LayoutProblemKind.PrimaryConstructor);
        }

        Advise(type, fields, problems);
    }

    private static void Advise(INamedTypeSymbol type, List<IFieldSymbol> fields, LayoutProblemList problems)
    {
        if (type.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is TypeDeclarationSyntax declaration && HasCondition(declaration)))
        {
            problems.Add(LayoutProblemKind.Conditional);
        }

        ISymbol? initializer = type.InstanceConstructors.FirstOrDefault(constructor => constructor is { Parameters.Length: 0, IsImplicitlyDeclared: false });
        initializer ??= fields.Select(field => field.AssociatedSymbol ?? field).FirstOrDefault(IsInitialized);
        if (initializer is not null)
        {
            problems.AddAt(initializer, LayoutProblemKind.Initializer, [problems.Place]);
        }

        if (type.AllInterfaces.Any(implemented => implemented.SpecialType == SpecialType.System_IDisposable || TypeNames.Metadata(implemented) == "System.IAsyncDisposable"))
        {
            problems.Add(LayoutProblemKind.Disposable);
        }
    }

    private static bool HasCondition(TypeDeclarationSyntax declaration)
        => declaration.ContainsDirectives
            && declaration.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.IfDirectiveTrivia) && trivia.SpanStart > declaration.OpenBraceToken.SpanStart);

    private static bool IsInitialized(ISymbol field) => field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
        is VariableDeclaratorSyntax { Initializer: not null } or PropertyDeclarationSyntax { Initializer: not null };

    private static TypeDeclarationSyntax? PartOf(IFieldSymbol field)
    {
        ISymbol declared = field.AssociatedSymbol ?? field;
        return declared.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>();
    }
}
