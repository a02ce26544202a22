using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Messages;

/// <summary>Keeps a member that cannot travel, or has no key, out of its message by [IpcIgnore]: IPC2001, IPC2007, IPC2008.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExcludeMemberFix)), Shared]
public sealed class ExcludeMemberFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [MessageRules.MemberTypeUnsupported.Id, MessageRules.KeyMissing.Id, MessageRules.MemberNotSettable.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        // A parameter of a record is not excluded this way: its constructor asks for it.
        if (target.Find<ParameterSyntax>() is null && target.Find<MemberDeclarationSyntax>() is PropertyDeclarationSyntax or FieldDeclarationSyntax)
        {
            MemberDeclarationSyntax member = target.Find<MemberDeclarationSyntax>()!;
            yield return new FixOffer(
                "Exclude from the message with [IpcIgnore]",
                nameof(ExcludeMemberFix),
                editor => editor.ReplaceNode(
                    member, (current, _) => current.WithAttribute(SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("IpcIgnore")))));
        }
    }
}
