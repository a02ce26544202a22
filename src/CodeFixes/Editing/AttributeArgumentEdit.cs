using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.CodeFixes.Editing;

/// <summary>Makes attributes and their arguments.</summary>
internal static class AttributeArgumentEdit
{
    internal static AttributeSyntax Attribute(string name, params AttributeArgumentSyntax[] arguments)
    {
        AttributeSyntax attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName(name));
        return arguments.Length == 0 ? attribute : attribute.WithArgumentList(List(arguments));
    }

    internal static AttributeArgumentSyntax Number(long number)
        => SyntaxFactory.AttributeArgument(number < 0
            ? SyntaxFactory.PrefixUnaryExpression(SyntaxKind.UnaryMinusExpression, Literal(-number))
            : Literal(number));

    internal static AttributeArgumentSyntax TypeOf(string type)
        => SyntaxFactory.AttributeArgument(SyntaxFactory.TypeOfExpression(SyntaxFactory.ParseTypeName(type)));

    internal static AttributeArgumentSyntax Text(string name, string text)
        => SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text))).WithNameEquals(
            SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(name).WithTrailingTrivia(SyntaxFactory.Space)).WithTrailingTrivia(SyntaxFactory.Space));

    /// <summary>The argument that sets a property, if there is one.</summary>
    internal static AttributeArgumentSyntax? FindNamed(this AttributeSyntax attribute, string name)
        => attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    private static AttributeArgumentListSyntax List(AttributeArgumentSyntax[] arguments)
        => SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(
            arguments, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), arguments.Length - 1)));

    private static LiteralExpressionSyntax Literal(long number)
        => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, number is <= int.MaxValue and >= int.MinValue ? SyntaxFactory.Literal((int)number) : SyntaxFactory.Literal(number));
}
