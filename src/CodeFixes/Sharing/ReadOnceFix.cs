using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Reads a segment once and takes all members from that copy: IPC4122.</summary>
/// <remarks>There is one edit for each pair; of three reads in a row, two pairs are fixed one after the other.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReadOnceFix)), Shared]
public sealed class ReadOnceFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedCopyRules.TwoReads.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<InvocationExpressionSyntax>() is { Expression: MemberAccessExpressionSyntax } read
            && read.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax block } last
            && target.Model.GetTypeInfo(read).Type is { } type)
        {
            int at = block.Statements.IndexOf(last);
            StatementSyntax[] both = at > 0 && Reads(block.Statements[at - 1], read).Any() ? [block.Statements[at - 1], last] : [last];
            string name = FreeName(type.Name, last, target.Model);
            yield return new FixOffer(
                "Read the segment once",
                nameof(ReadOnceFix),
                editor => ReadOnce(editor, both, read, type.ToMinimalDisplayString(target.Model, last.SpanStart), name));
        }
    }

    private static void ReadOnce(SyntaxEditor editor, StatementSyntax[] statements, InvocationExpressionSyntax read, string type, string name)
    {
        StatementSyntax declaration = SyntaxFactory.ParseStatement($"{type} {name} = {read.WithoutTrivia()};")
            .WithLeadingTrivia(statements[0].GetLeadingTrivia())
            .WithTrailingTrivia(statements[0].GetTrailingTrivia());
        foreach (InvocationExpressionSyntax one in statements.SelectMany(statement => Reads(statement, read)))
        {
            editor.ReplaceNode(one, SyntaxFactory.IdentifierName(name).WithTriviaFrom(one));
        }

        // What is said before the first statement is said of both.
        SyntaxTrivia[] indentation = [.. statements[0].GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse()];
        editor.InsertBefore(statements[0], declaration);
        editor.ReplaceNode(statements[0], (current, _) => current.WithLeadingTrivia(indentation));
    }

    private static IEnumerable<InvocationExpressionSyntax> Reads(StatementSyntax statement, InvocationExpressionSyntax read)
        => statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(other => SyntaxFactory.AreEquivalent(other, read));

    private static string FreeName(string type, SyntaxNode place, SemanticModel model)
    {
        string wanted = char.ToLowerInvariant(type[0]) + type.Substring(1);
        string name = wanted;
        for (int i = 2; model.LookupSymbols(place.SpanStart, name: name).Any() || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None; i++)
        {
            name = wanted + i;
        }

        return name;
    }
}
