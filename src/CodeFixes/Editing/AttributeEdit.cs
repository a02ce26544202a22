using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.CodeFixes.Editing;

/// <summary>Finds, adds and removes attributes.</summary>
internal static class AttributeEdit
{
    /// <summary>The attribute of the given full name on a member, type or parameter.</summary>
    internal static AttributeSyntax? FindAttribute(this SyntaxNode declaration, SemanticModel model, string fullName)
        => ListsOf(declaration)
            .SelectMany(list => list.Attributes)
            .FirstOrDefault(attribute => model.GetTypeInfo(attribute).Type?.ToDisplayString() == fullName);

    /// <summary>The named argument of an attribute, if its value is a literal text.</summary>
    internal static (AttributeArgumentSyntax Argument, string Text)? FindText(this AttributeSyntax attribute, string name)
    {
        foreach (AttributeArgumentSyntax argument in attribute.ArgumentList?.Arguments ?? default)
        {
            if (argument.NameEquals?.Name.Identifier.ValueText == name
                && argument.Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal)
            {
                return (argument, literal.Token.ValueText);
            }
        }

        return null;
    }

    /// <summary>Removes an attribute like the given one, and its brackets if they are empty then; comments before it stay.</summary>
    internal static SyntaxNode WithoutAttribute(this SyntaxNode declaration, AttributeSyntax attribute)
    {
        // Found anew, because an edit of the same declaration may have removed its neighbour.
        SyntaxList<AttributeListSyntax> lists = ListsOf(declaration);
        if (lists.SelectMany(list => list.Attributes).FirstOrDefault(candidate => candidate.IsEquivalentTo(attribute)) is not { } found)
        {
            return declaration;
        }

        var list = (AttributeListSyntax)found.Parent!;
        SyntaxList<AttributeListSyntax> left = list.Attributes.Count == 1
            ? lists.Remove(list)
            : lists.Replace(list, list.WithAttributes(list.Attributes.Remove(found)));
        return WithLists(declaration, left).WithLeadingTrivia(declaration.GetLeadingTrivia());
    }

    /// <summary>Adds an attribute in a line of its own before a member.</summary>
    internal static SyntaxNode WithAttribute(this SyntaxNode declaration, AttributeSyntax attribute)
    {
        SyntaxTriviaList before = declaration.GetLeadingTrivia();

        // The line's own indentation is what stands behind the last line break before the member.
        SyntaxTriviaList indentation = SyntaxFactory.TriviaList(
            before.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(before)
            .WithTrailingTrivia(LineBreakOf(declaration));
        SyntaxNode bare = declaration.WithLeadingTrivia(indentation);
        return WithLists(bare, ListsOf(bare).Insert(0, list));
    }

    /// <summary>The line break that the file uses, as the declaration shows it.</summary>
    private static SyntaxTrivia LineBreakOf(SyntaxNode declaration)
    {
        SyntaxTrivia own = declaration.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return own.IsKind(SyntaxKind.EndOfLineTrivia) ? own : SyntaxFactory.ElasticLineFeed;
    }

    private static SyntaxList<AttributeListSyntax> ListsOf(SyntaxNode declaration) => declaration switch
    {
        MemberDeclarationSyntax member => member.AttributeLists,
        ParameterSyntax parameter => parameter.AttributeLists,
        _ => default,
    };

    private static SyntaxNode WithLists(SyntaxNode declaration, SyntaxList<AttributeListSyntax> lists) => declaration switch
    {
        MemberDeclarationSyntax member => member.WithAttributeLists(lists),
        ParameterSyntax parameter => parameter.WithAttributeLists(lists),
        _ => declaration,
    };
}
