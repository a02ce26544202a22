using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.CodeFixes.Editing;

/// <summary>Adds members in lines of their own beside one that is there.</summary>
internal static class MemberEdit
{
    /// <summary>The member that this text declares, indented like the other one and with its line break.</summary>
    internal static MemberDeclarationSyntax LikeNeighbour(string text, SyntaxNode neighbour)
        => SyntaxFactory.ParseMemberDeclaration(text)!
            .WithLeadingTrivia(neighbour.IndentationOf())
            .WithTrailingTrivia(neighbour.LineBreakOf());

    /// <summary>What stands between the start of its line and a node.</summary>
    internal static SyntaxTriviaList IndentationOf(this SyntaxNode node)
        => SyntaxFactory.TriviaList(node.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());

    /// <summary>The line break that the file uses.</summary>
    internal static SyntaxTrivia LineBreakOf(this SyntaxNode node)
    {
        SyntaxTrivia first = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return first.IsKind(SyntaxKind.EndOfLineTrivia) ? first : SyntaxFactory.ElasticLineFeed;
    }

    /// <summary>A name as a type or field would have it: without underscores, with a capital.</summary>
    internal static string Pascal(string name)
    {
        string bare = name.TrimStart('_');
        return bare.Length == 0 ? name : char.ToUpperInvariant(bare[0]) + bare.Substring(1);
    }
}
