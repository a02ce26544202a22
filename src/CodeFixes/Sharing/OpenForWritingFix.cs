using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Opens a segment for writing as well: IPC4113.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OpenForWritingFix)), Shared]
public sealed class OpenForWritingFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedLifeRules.WrittenReadOnly.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<InvocationExpressionSyntax>() is { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax segment } }
            && target.Model.GetSymbolInfo(segment).Symbol is ILocalSymbol local
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } } })
        {
            yield return new FixOffer(
                "Open the segment for writing too",
                nameof(OpenForWritingFix),
                editor => editor.ReplaceNode(name, (current, _) => ((IdentifierNameSyntax)current).WithIdentifier(SyntaxFactory.Identifier("Open"))));
        }
    }
}
