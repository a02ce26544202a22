using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Messages;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Messages;

/// <summary>Reserves the keys that a message leaves out: IPC2021.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReserveGapsFix)), Shared]
public sealed class ReserveGapsFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MessageAdviceRules.KeyGap.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<TypeDeclarationSyntax>() is not { } declaration
            || target.Model.GetDeclaredSymbol(declaration) is not INamedTypeSymbol type
            || KnownSymbols.TryCreate(target.Model.Compilation) is not { } symbols
            || new MessageMembers(symbols, new ProblemList(symbols.Compilation, type), type).Collect() is not { } members)
        {
            yield break;
        }

        IReadOnlyList<int> gaps = MessageAdvice.GapsOf(members.Select(member => member.Index).OfType<int>(), Reservations.Of(type));
        yield return new FixOffer(
            gaps.Count == 1 ? $"Reserve the key {gaps[0]}" : "Reserve the missing keys",
            nameof(ReserveGapsFix),
            editor => editor.ReplaceNode(
                declaration,
                (current, _) => gaps.Reverse().Aggregate(current, (node, gap) => node.WithAttribute(AttributeArgumentEdit.Attribute("IpcReserved", AttributeArgumentEdit.Number(gap))))));
    }
}
