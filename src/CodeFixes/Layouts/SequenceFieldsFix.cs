using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Gives up offsets that overlap or break a field apart, and lays the fields out one behind the other: IPC3021, IPC3022.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SequenceFieldsFix)), Shared]
public sealed class SequenceFieldsFix : SyntaxFix
{
    private const string FieldOffset = "System.Runtime.InteropServices.FieldOffsetAttribute";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutRules.Overlap.Id, LayoutRules.OffsetNotAligned.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<TypeDeclarationSyntax>() is not { } declaration
            || declaration.FindAttribute(target.Model, LayoutArgument.StructLayout)?.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(name => name.Identifier.ValueText == "Explicit") is not { } kind)
        {
            yield break;
        }

        (MemberDeclarationSyntax Member, AttributeSyntax Offset)[] placed =
        [
            .. declaration.Members
                .Select(member => (Member: member, Offset: member.FindAttribute(target.Model, FieldOffset)))
                .Where(member => member.Offset is not null)
                .Select(member => (member.Member, member.Offset!)),
        ];
        yield return new FixOffer("Lay the fields out one behind the other", nameof(SequenceFieldsFix), editor =>
        {
            editor.ReplaceNode(kind, (current, _) => SyntaxFactory.IdentifierName("Sequential").WithTriviaFrom(current));
            foreach ((MemberDeclarationSyntax member, AttributeSyntax offset) in placed)
            {
                editor.ReplaceNode(member, (current, _) => current.WithoutAttribute(offset));
            }
        });
    }
}
