using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Edits the named arguments of [StructLayout].</summary>
internal static class LayoutArgument
{
    internal const string StructLayout = "System.Runtime.InteropServices.StructLayoutAttribute";

    internal static AttributeArgumentSyntax? Find(SyntaxNode declaration, string name)
        => (declaration as TypeDeclarationSyntax)?.AttributeLists.SelectMany(list => list.Attributes)
            .Where(attribute => attribute.Name.ToString().Contains("StructLayout"))
            .SelectMany(attribute => attribute.ArgumentList?.Arguments ?? default)
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    internal static SyntaxNode Without(SyntaxNode declaration, string name)
        => Find(declaration, name) is { Parent: AttributeArgumentListSyntax list } argument
            ? declaration.ReplaceNode(list, list.WithArguments(list.Arguments.Remove(argument)))
            : declaration;

    internal static SyntaxNode With(SyntaxNode declaration, string name, int value)
        => Find(declaration, name) is { } argument
            ? declaration.ReplaceNode(
                argument.Expression,
                SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(value)).WithTriviaFrom(argument.Expression))
            : declaration;
}
