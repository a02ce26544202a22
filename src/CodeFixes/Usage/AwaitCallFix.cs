using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Usage;
using Contracts.Ipc.Analyzers.Usage.Calls;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>Awaits a call instead of blocking on it: IPC4008, IPC4010, IPC4012.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitCallFix)), Shared]
public sealed class AwaitCallFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CallRules.BlocksAsyncCode.Id, CallRules.SynchronousInAsync.Id, CallRules.ServiceBlocks.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<SimpleNameSyntax>() is not { } name || !AsyncCode.Contains(name, target.Model))
        {
            yield break;
        }

        if (target.Diagnostic.Id == CallRules.SynchronousInAsync.Id)
        {
            if (name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
                && target.Model.GetSymbolInfo(call).Symbol is IMethodSymbol method
                && SynchronousCallAnalyzer.TwinOf(method, UsageSymbols.Of(target.Model.Compilation)) is { } twin)
            {
                yield return new FixOffer(
                    $"Await {twin.Name}",
                    nameof(AwaitCallFix) + ":Twin",
                    editor => editor.ReplaceNode(call, (current, _) => AsyncCode.Await(Renamed((InvocationExpressionSyntax)current, twin.Name), call)));
            }
        }
        else if (name.Parent is MemberAccessExpressionSyntax access && Task(access) is { } task)
        {
            // .Result is a property; the others are calls.
            ExpressionSyntax whole = access.Parent is InvocationExpressionSyntax blocking && blocking.Expression == access ? blocking : access;
            yield return new FixOffer("Await the call", nameof(AwaitCallFix), editor => editor.ReplaceNode(whole, AsyncCode.Await(task, whole)));
        }
    }

    /// <summary>The task that is waited for: without GetAwaiter, and without AsTask, which is for those who block.</summary>
    private static ExpressionSyntax? Task(MemberAccessExpressionSyntax access)
    {
        ExpressionSyntax task = access.Expression;
        while (task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" or "AsTask" } inner })
        {
            task = inner.Expression;
        }

        return task;
    }

    private static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax call, string name)
        => ContractCall.NameOf(call) is { } old ? call.ReplaceNode(old, SyntaxFactory.IdentifierName(name).WithTriviaFrom(old)) : call;
}
