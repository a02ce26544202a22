using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>Marks a method with a body [IpcMethod], so that the other process executes it: IPC1038.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CallRemotelyFix)), Shared]
public sealed class CallRemotelyFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MethodRules.BodyRunsAtCaller.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<MethodDeclarationSyntax>() is { } method)
        {
            yield return new FixOffer(
                "Call it remotely: add [IpcMethod]",
                nameof(CallRemotelyFix),
                editor => editor.ReplaceNode(method, (current, _) => current.WithAttribute(AttributeArgumentEdit.Attribute("IpcMethod"))));
        }
    }
}
