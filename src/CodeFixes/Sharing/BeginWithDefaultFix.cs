using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Begins a shared struct with zeros: IPC4126.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BeginWithDefaultFix)), Shared]
public sealed class BeginWithDefaultFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedDataRules.Uninitialized.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<InvocationExpressionSyntax>() is not { ArgumentList.Arguments: { Count: 1 } arguments } call)
        {
            yield break;
        }

        ExpressionSyntax argument = arguments[0].Expression.WithoutTrivia();
        switch (call.Expression)
        {
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SkipInit" } when call.Parent is ExpressionStatementSyntax statement:
                yield return new FixOffer(
                    "Begin with 'default'",
                    nameof(BeginWithDefaultFix),
                    editor => editor.ReplaceNode(statement, SyntaxFactory.ParseStatement($"{Declared(argument, target.Model)} = default;").WithTriviaFrom(statement)));
                break;

            case MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "AllocateUninitializedArray", TypeArgumentList.Arguments: { Count: 1 } types } }:
                yield return new FixOffer(
                    "Begin with zeros",
                    nameof(BeginWithDefaultFix) + ":array",
                    editor => editor.ReplaceNode(call, SyntaxFactory.ParseExpression($"new {types[0]}[{argument}]").WithTriviaFrom(call)));
                break;
        }
    }

    /// <summary>The out argument as the left side of an assignment. <c>var</c> would have no type to take.</summary>
    private static string Declared(ExpressionSyntax argument, SemanticModel model)
        => argument is DeclarationExpressionSyntax { Type.IsVar: true, Designation: SingleVariableDesignationSyntax variable } && model.GetDeclaredSymbol(variable) is ILocalSymbol local
            ? $"{local.Type.ToMinimalDisplayString(model, 0)} {local.Name}"
            : argument.ToString();
}
