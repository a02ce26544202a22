using Contracts.Ipc.Analyzers;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Layouts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>The shared struct around a diagnostic or a cursor, with its layout.</summary>
/// <param name="Declaration">The part that carries the diagnostic, and all its fields.</param>
/// <param name="Symbol">The struct.</param>
/// <param name="Shape">Its layout.</param>
internal sealed record SharedStruct(TypeDeclarationSyntax Declaration, INamedTypeSymbol Symbol, StructShape Shape)
{
    /// <summary>The struct whose own name or field is meant; null if it has no layout.</summary>
    internal static SharedStruct? Find(FixTarget target) => target.Find<TypeDeclarationSyntax>() is { } declaration ? Of(declaration, target.Model) : null;

    internal static SharedStruct? Of(TypeDeclarationSyntax declaration, SemanticModel model)
        => model.GetDeclaredSymbol(declaration) is INamedTypeSymbol { TypeKind: TypeKind.Struct } symbol
            && symbol.HasAttribute(AttributeNames.SharedLayout)
            && KnownSymbols.TryCreate(model.Compilation) is { } symbols
            && LayoutParser.Parse(symbol, symbols, CancellationToken.None).Model is { } layout
                ? new SharedStruct(declaration, symbol, layout.Shape)
                : null;

    /// <summary>Whether all fields are plain declarations in this part, so that they can be moved and joined by others.</summary>
    internal bool HasPlainFields
        => LayoutCalculator.FieldsOf(Symbol).All(member => member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax declarator
            && declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>() == Declaration);

    internal FieldDeclarationSyntax[] Fields
        => [.. Declaration.Members.OfType<FieldDeclarationSyntax>().Where(member => !member.Modifiers.Any(modifier => modifier.ValueText is "static" or "const"))];

    internal FieldShape ShapeOf(FieldDeclarationSyntax field) => Shape.Fields.First(shape => shape.Name == field.Declaration.Variables[0].Identifier.ValueText);
}
