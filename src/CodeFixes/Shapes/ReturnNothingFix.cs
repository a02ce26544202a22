using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>Drops the result of a one-way method: <c>Task&lt;T&gt;</c> becomes <c>Task</c>, a value becomes <c>void</c>: IPC1021.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnNothingFix)), Shared]
public sealed class ReturnNothingFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ContractRules.OneWayWithResult.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<MethodDeclarationSyntax>() is not { } method)
        {
            yield break;
        }

        TypeSyntax nothing = method.ReturnType switch
        {
            GenericNameSyntax { Identifier.ValueText: nameof(Task) or "ValueTask" } task => SyntaxFactory.IdentifierName(task.Identifier),
            QualifiedNameSyntax { Right: GenericNameSyntax { Identifier.ValueText: nameof(Task) or "ValueTask" } task } qualified
                => qualified.WithRight(SyntaxFactory.IdentifierName(task.Identifier)),
            _ => SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)),
        };
        yield return new FixOffer(
            $"Return {nothing.WithoutTrivia()}",
            nameof(ReturnNothingFix),
            editor => editor.ReplaceNode(method.ReturnType, nothing.WithTriviaFrom(method.ReturnType)));
    }
}
