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

    /// <summary>Whether a reader of the struct sees that its layout matters.</summary>
    internal static bool SaysLayout(INamedTypeSymbol type) => type.HasAttribute(LayoutAttributes.StructLayout) || type.HasAttribute(LayoutAttributes.InlineArray);

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

        // A static of a struct inside is nobody's idea of shared data.
        if (problems.IsAtRoot)
        {
            foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(IsStaticData))
            {
                problems.AddAt(field.AssociatedSymbol ?? field, LayoutProblemKind.StaticField, [$"{problems.Place}.{LayoutProblemList.NameOf(field)}"]);
            }
        }

        NameRules.Check(fields, problems);
        if (!type.IsReadOnly && fields.Any(field => !field.IsReadOnly))
        {
            foreach (IFieldSymbol field in fields.Where(field => field is { IsReadOnly: true, AssociatedSymbol: null }))
            {
                problems.Enter(field);
                problems.Add(LayoutProblemKind.ReadOnlyField);
                problems.Leave();
            }
        }
    }

    // What holds references is not meant to be shared.
    private static bool IsStaticData(IFieldSymbol field)
        => field is { IsStatic: true, IsConst: false, IsReadOnly: false, Type.IsUnmanagedType: true } && !field.HasAttribute("System.ThreadStaticAttribute");

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
