using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.CodeFixes.Editing;

/// <summary>The place of a diagnostic in its document.</summary>
internal sealed class FixTarget
{
    private FixTarget(SyntaxNode root, SemanticModel model, Diagnostic diagnostic)
    {
        Root = root;
        Model = model;
        Diagnostic = diagnostic;
    }

    internal SyntaxNode Root { get; }

    internal SemanticModel Model { get; }

    internal Diagnostic Diagnostic { get; }

    /// <summary>The innermost node around the place of the diagnostic that is a <typeparamref name="T"/>.</summary>
    internal T? Find<T>()
        where T : SyntaxNode
        => Root.FindToken(Diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<T>();

    internal static async Task<FixTarget?> CreateAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
        => await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root
            && await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model
                ? new FixTarget(root, model, diagnostic)
                : null;
}
