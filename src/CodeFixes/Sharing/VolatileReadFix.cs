using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Reads shared memory in a loop by <c>Volatile.Read</c>: IPC4118.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(VolatileReadFix)), Shared]
public sealed class VolatileReadFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedWaitRules.PlainPolling.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Root.FindNode(target.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax field
            && target.Model.Compilation.GetTypeByMetadataName("System.Threading.Volatile") is { } type)
        {
            string how = IsReadOnly(field, target.Model) ? "in" : "ref";
            yield return new FixOffer(
                $"Use 'Volatile.Read({how} {field})'",
                nameof(VolatileReadFix),
                editor => editor.ReplaceNode(field, (current, generator) => Read((ExpressionSyntax)current, how, (ExpressionSyntax)generator.TypeExpression(type))));
        }
    }

    private static InvocationExpressionSyntax Read(ExpressionSyntax field, string how, ExpressionSyntax type)
        => SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, type, SyntaxFactory.IdentifierName("Read")),
            ((InvocationExpressionSyntax)SyntaxFactory.ParseExpression($"f({how} {field.WithoutTrivia()})")).ArgumentList).WithTriviaFrom(field);

    private static bool IsReadOnly(ExpressionSyntax field, SemanticModel model)
        => field is MemberAccessExpressionSyntax access && model.GetSymbolInfo(access.Expression).Symbol
            is IParameterSymbol { RefKind: RefKind.In or RefKind.RefReadOnlyParameter } or ILocalSymbol { RefKind: RefKind.RefReadOnly };
}
