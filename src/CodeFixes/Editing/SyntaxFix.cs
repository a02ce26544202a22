using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Contracts.Ipc.CodeFixes.Editing;

/// <summary>
/// A fix that edits the document in which the diagnostic stands. One method, <see cref="Offer"/>, serves the single fix and "fix all": the
/// latter asks it for every diagnostic and applies all edits to the document at once, so that neighbouring edits never conflict.
/// </summary>
public abstract class SyntaxFix : CodeFixProvider
{
    private protected SyntaxFix()
    {
    }

    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(FixDocumentAsync);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            // "dotnet format" asks about any diagnostic of the analyzer.
            if (!FixableDiagnosticIds.Contains(diagnostic.Id))
            {
                continue;
            }

            if (await FixTarget.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } target)
            {
                continue;
            }

            foreach (FixOffer offer in Offer(target))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        offer.Title,
                        cancellationToken => ApplyAsync(context.Document, target.Root, [offer], cancellationToken),
                        KeyOf(diagnostic, offer)),
                    diagnostic);
            }
        }
    }

    /// <summary>The ways to fix one diagnostic, the best first. Edits must tolerate that a neighbour was edited before.</summary>
    private protected abstract IEnumerable<FixOffer> Offer(FixTarget target);

    private async Task<Document?> FixDocumentAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var offers = new List<FixOffer>();
        SyntaxNode? root = null;
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(d => d.Location.SourceSpan.Start))
        {
            if (await FixTarget.CreateAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } target)
            {
                root = target.Root;
                offers.AddRange(Offer(target).Where(offer => !IsChosen(context) || KeyOf(diagnostic, offer) == context.CodeActionEquivalenceKey).Take(1));
            }
        }

        return root is null ? document : await ApplyAsync(document, root, offers, context.CancellationToken).ConfigureAwait(false);
    }

    private static string KeyOf(Diagnostic diagnostic, FixOffer offer) => $"{diagnostic.Id}:{offer.Key}";

    /// <summary>
    /// Whether somebody has chosen among the offers for these diagnostics. "dotnet format" has not: it takes the key of the first diagnostic of the analyzer, which may be of another rule or
    /// have no fix at all, and then the best offer for each is meant.
    /// </summary>
    private static bool IsChosen(FixAllContext context)
        => context.CodeActionEquivalenceKey is { } key && context.DiagnosticIds.Any(id => key.StartsWith(id + ":", StringComparison.Ordinal));

    private static Task<Document> ApplyAsync(
        Document document, SyntaxNode root, IReadOnlyList<FixOffer> offers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var editor = new SyntaxEditor(root, document.Project.Solution.Services);
        foreach (FixOffer offer in offers)
        {
            offer.Apply(editor);
        }

        return Task.FromResult(document.WithSyntaxRoot(editor.GetChangedRoot()));
    }
}
