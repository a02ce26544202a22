using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Usage.Endpoints;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>Writes the endpoint that was probably meant: IPC4013. For a path in a directory of everybody that is the plain name: IPC4026.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EndpointTextFix)), Shared]
public sealed class EndpointTextFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [EndpointRules.Malformed.Id, EndpointRules.PublicDirectory.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        // Constants are used elsewhere too, and parts of factories have no scheme.
        if (target.Root.FindNode(target.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).DescendantNodesAndSelf().FirstOrDefault() is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal)
        {
            yield break;
        }

        string text = literal.Token.ValueText;
        string? corrected = target.Diagnostic.Id == EndpointRules.Malformed.Id
            ? IsWhole(literal, target.Model) ? EndpointCorrection.Of(text) : null
            : PlainName(text);
        if (corrected is not null)
        {
            yield return new FixOffer($"Write \"{corrected}\"", nameof(EndpointTextFix), editor => editor.ReplaceNode(
                literal, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(corrected)).WithTriviaFrom(literal)));
        }
    }

    /// <summary>Whether the text is a whole endpoint, not only what follows the colon as in IpcEndpoint.Unix("calculator").</summary>
    private static bool IsWhole(LiteralExpressionSyntax literal, SemanticModel model)
        => literal.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            || model.GetSymbolInfo(call).Symbol is not IMethodSymbol { ContainingType.Name: "IpcEndpoint", Name: not "Parse" };

    /// <summary>"unix:/tmp/calculator.sock" becomes "unix:calculator".</summary>
    private static string? PlainName(string text)
    {
        int colon = text.IndexOf(':');
        string name = text.Substring(text.LastIndexOf('/') + 1);
        int dot = name.LastIndexOf('.');
        string plain = text.Substring(0, colon + 1) + (dot > 0 ? name.Substring(0, dot) : name);
        return EndpointGrammar.Objection(colon < 0 ? "unix:" + plain : plain) is null ? plain : null;
    }
}
