using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>The rules about the declaration that generated code extends: the interface itself, or the holder of a foreign one.</summary>
internal static class ContractShape
{
    /// <summary>Whether generated code can stand where it must: in the declaration and all types around it.</summary>
    internal static void Check(INamedTypeSymbol declaration, KnownSymbols symbols, ProblemList problems)
    {
        string name = TypeNames.Display(declaration);
        if (symbols.LanguageVersion < KnownSymbols.MinimumLanguageVersion)
        {
            problems.Add(
                ProblemKind.LanguageVersionTooOld,
                declaration,
                symbols.LanguageVersion.ToDisplayString(),
                KnownSymbols.MinimumLanguageVersion.ToDisplayString());
        }

        if (!IsPartial(declaration))
        {
            problems.Add(ProblemKind.ContractNotPartial, declaration, name);
        }

        if (declaration.TypeParameters.Length > 0)
        {
            problems.Add(ProblemKind.ContractGeneric, declaration, name);
        }

        if (declaration.IsFileLocal)
        {
            problems.Add(ProblemKind.ContractInaccessible, declaration, name);
        }

        for (INamedTypeSymbol? outer = declaration.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (outer.TypeParameters.Length > 0)
            {
                problems.Add(ProblemKind.ContractNestedInGenericType, declaration, name, TypeNames.Display(outer));
            }

            if (outer.IsFileLocal)
            {
                problems.Add(ProblemKind.ContractInaccessible, declaration, name);
            }

            if (!IsPartial(outer))
            {
                problems.Add(ProblemKind.ContainingTypeNotPartial, outer, TypeNames.Display(outer), name);
            }
        }
    }

    /// <summary>Whether a declaration can be extended at all, whatever else may be wrong with the contract.</summary>
    internal static bool CanExtend(INamedTypeSymbol declaration, KnownSymbols symbols)
    {
        for (INamedTypeSymbol? type = declaration; type is not null; type = type.ContainingType)
        {
            if (!IsPartial(type) || type.TypeParameters.Length > 0 || type.IsFileLocal)
            {
                return false;
            }
        }

        return symbols.LanguageVersion >= KnownSymbols.MinimumLanguageVersion;
    }

    /// <summary>The headers of the types around the declaration, outermost first.</summary>
    internal static EquatableArray<string> Containers(INamedTypeSymbol declaration)
    {
        var headers = new Stack<string>();
        for (INamedTypeSymbol? outer = declaration.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            headers.Push($"partial {Keyword(outer)} {TypeNames.DeclaredIdentifier(outer.Name)}");
        }

        return headers.ToEquatableArray();
    }

    internal static string? Namespace(INamedTypeSymbol declaration)
        => declaration.ContainingNamespace is { IsGlobalNamespace: false } space
            ? space.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted))
            : null;

    /// <summary>The name on the wire: as the attribute says, else the full name of the type.</summary>
    internal static string WireName(INamedTypeSymbol type, AttributeData? attribute, INamedTypeSymbol declaration, ProblemList problems)
    {
        string name = attribute.Named<string>("Name") ?? TypeNames.Wire(type);
        if (name.Trim().Length == 0 || name.Contains('/'))
        {
            problems.Add(ProblemKind.ContractNameInvalid, declaration, name);
        }

        return name;
    }

    internal static string Keyword(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Interface, _) => "interface",
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (_, true) => "record",
        _ => "class",
    };

    internal static bool IsPartial(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
