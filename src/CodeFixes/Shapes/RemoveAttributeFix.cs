using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>Removes an attribute that contradicts what it stands on or has no effect there: IPC1021, IPC1032, IPC1033, IPC2015, IPC2018, IPC2019, IPC3012, IPC4003.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeFix)), Shared]
public sealed class RemoveAttributeFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        ContractRules.OneWayWithResult.Id, MethodRules.FaultOnOneWay.Id, MethodRules.FaultRepeated.Id, MessageRules.PackedTypeUnsupported.Id,
        EvolvingRules.ReservationRepeated.Id, EvolvingRules.EvolutionWithoutEffect.Id, LayoutRules.MarshallingAttribute.Id, UsageRules.AttributeWithoutEffect.Id,
    ];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (FindAttribute(target) is not { Parent.Parent: { } declaration } attribute)
        {
            yield break;
        }

        yield return new FixOffer(
            $"Remove [{attribute.Name}]",
            nameof(RemoveAttributeFix) + ":" + attribute.Name,
            editor => editor.ReplaceNode(declaration, (current, _) => current.WithoutAttribute(attribute)));
    }

    private static AttributeSyntax? FindAttribute(FixTarget target)
    {
        if (target.Find<AttributeSyntax>() is { } here)
        {
            return here;
        }

        string fullName = target.Diagnostic.Id switch
        {
            "IPC1021" => AttributeNames.OneWay,
            "IPC3012" => "System.Runtime.InteropServices.MarshalAsAttribute",
            _ => AttributeNames.Packed,
        };
        SyntaxNode? declaration = (SyntaxNode?)target.Find<ParameterSyntax>() ?? target.Find<MemberDeclarationSyntax>();
        return declaration?.FindAttribute(target.Model, fullName);
    }
}
