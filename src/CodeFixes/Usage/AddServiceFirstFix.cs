using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>Moves a service before the statement by which the server begins to listen: IPC4021.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddServiceFirstFix)), Shared]
public sealed class AddServiceFirstFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ServiceRules.AddedTooLate.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<ExpressionStatementSyntax>() is not { } late
            || Receiver(late.Expression) is not { } server
            || StatementsAround(late).FirstOrDefault(statement => Starts(statement, server)) is not { } start
            || start.SpanStart > late.SpanStart
            || DependsOnWhatIsBetween(late, start, target.Model))
        {
            yield break;
        }

        yield return new FixOffer(
            "Add the service before the server listens",
            nameof(AddServiceFirstFix),
            editor =>
            {
                // The line moves with its indentation; comments before it stay beside what follows.
                editor.InsertBefore(start, late.WithLeadingTrivia(start.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))));
                editor.RemoveNode(late, SyntaxRemoveOptions.KeepNoTrivia);
            });
    }

    private static string? Receiver(ExpressionSyntax expression)
    {
        while (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access })
        {
            expression = access.Expression;
        }

        return (expression as IdentifierNameSyntax)?.Identifier.ValueText;
    }

    private static SyntaxList<StatementSyntax> StatementsAround(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        _ => default,
    };

    private static bool Starts(StatementSyntax statement, string server)
        => statement.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access =>
            access.Name.Identifier.ValueText is "ListenAsync" or "RunAsync" && access.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == server);

    /// <summary>Whether the service is made of something that is declared after the server listens.</summary>
    private static bool DependsOnWhatIsBetween(StatementSyntax late, StatementSyntax start, SemanticModel model)
        => late.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => model.GetSymbolInfo(name).Symbol is ILocalSymbol local
            && local.DeclaringSyntaxReferences.Any(declared => declared.Span.Start >= start.SpanStart && declared.Span.Start < late.SpanStart));
}
