using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Evolution;

/// <summary>Reserves what is gone, or puts a reservation back: IPC5013, IPC5016.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReserveFix)), Shared]
public sealed class ReserveFix : RemedyFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ServiceEvolutionRules.GoneUnreserved.Id, ServiceEvolutionRules.ReservationGone.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target, string remedy)
    {
        if (target.Find<BaseTypeDeclarationSyntax>() is { } declaration)
        {
            yield return new FixOffer(
                $"Add [IpcReserved({remedy})]",
                nameof(ReserveFix),
                editor => editor.ReplaceNode(declaration, (current, _) => current.WithAttribute(Attribute($"IpcReserved({remedy})"))));
        }
    }
}
