using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Simplification;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>Marks a method <c>[OneWay]</c>: IPC1026.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddOneWayFix)), Shared]
public sealed class AddOneWayFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ContractRules.SignalNotOneWay.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<MethodDeclarationSyntax>() is not { } method || method.FindAttribute(target.Model, AttributeNames.OneWay) is not null)
        {
            yield break;
        }

        yield return new FixOffer(
            "Mark [OneWay]",
            nameof(AddOneWayFix),
            editor => editor.ReplaceNode(method, static (current, _) => current.WithAttribute(
                SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::Contracts.Ipc.OneWay")).WithAdditionalAnnotations(Simplifier.Annotation))));
    }
}
