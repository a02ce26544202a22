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

/// <summary>Hands a captured variable to the delegate of <c>Update</c> as state: IPC4124.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StateFix)), Shared]
public sealed class StateFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedCopyRules.ClosureInUpdate.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<InvocationExpressionSyntax>() is { ArgumentList.Arguments: { Count: 1 } arguments } call
            && arguments[0].Expression is ParenthesizedLambdaExpressionSyntax lambda
            && ClosureAnalyzer.Captured(lambda, target.Model) is { } captured)
        {
            string type = ClosureAnalyzer.TypeOf(captured)!.ToMinimalDisplayString(target.Model, lambda.SpanStart);
            yield return new FixOffer(
                $"Hand in '{captured.Name}' as state",
                nameof(StateFix),
                editor => editor.ReplaceNode(call.ArgumentList, (current, _) => WithState((ArgumentListSyntax)current, captured.Name, type)));
        }
    }

    private static ArgumentListSyntax WithState(ArgumentListSyntax list, string name, string type)
    {
        ArgumentSyntax argument = list.Arguments[0];
        var lambda = (ParenthesizedLambdaExpressionSyntax)argument.Expression;
        ParameterSyntax first = lambda.ParameterList.Parameters[0];
        string state = first.Type is null ? name : $"{type} {name}";
        ParameterListSyntax parameters = SyntaxFactory.ParseParameterList($"({first}, {state})").WithTriviaFrom(lambda.ParameterList);
        ParenthesizedLambdaExpressionSyntax changed = lambda
            .WithoutLeadingTrivia()
            .WithParameterList(parameters.WithoutLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space)))
            .WithLeadingTrivia(SyntaxFactory.Space);
        return list.WithArguments(SyntaxFactory.SeparatedList([SyntaxFactory.Argument(SyntaxFactory.IdentifierName(name)), argument.WithExpression(changed)]));
    }
}
