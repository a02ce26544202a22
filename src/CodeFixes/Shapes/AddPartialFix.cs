using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>Adds <c>partial</c> to a contract, a shared struct or a type around it: IPC1001, IPC1002, IPC3001, IPC3002.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddPartialFix)), Shared]
public sealed class AddPartialFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [ContractRules.ContractNotPartial.Id, ContractRules.ContainingTypeNotPartial.Id, LayoutRules.NotPartial.Id, LayoutRules.ContainingTypeNotPartial.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<TypeDeclarationSyntax>() is { } type && !type.IsPartial())
        {
            yield return new FixOffer(
                $"Make '{type.Identifier.ValueText}' partial",
                nameof(AddPartialFix),
                editor => editor.ReplaceNode(type, (current, _) => ((TypeDeclarationSyntax)current).WithPartial()));
        }
    }
}
