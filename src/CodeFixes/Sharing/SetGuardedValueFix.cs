using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Sharing;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Writes to the guarded value instead of asking for the lock again: IPC4106.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetGuardedValueFix)), Shared]
public sealed class SetGuardedValueFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedLockRules.LockTwice.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Diagnostic.Properties.TryGetValue(GuardAnalyzer.GuardName, out string? guard) && guard is not null
            && target.Find<InvocationExpressionSyntax>() is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Write" }, ArgumentList.Arguments: { Count: 1 } arguments } write)
        {
            yield return new FixOffer(
                $"Set '{guard}.Value'",
                nameof(SetGuardedValueFix),
                editor => editor.ReplaceNode(write, SyntaxFactory.ParseExpression($"{guard}.Value = {arguments[0].Expression.WithoutTrivia()}").WithTriviaFrom(write)));
        }
    }
}
