using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Usage;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>Makes a contract of the interface that a call needs one of: adds [IpcService] and <c>partial</c> to it: IPC4002.</summary>
/// <remarks>
/// There is no "fix all": many calls may name one interface, and the edits of all would be made to it several times.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeContractFix)), Shared]
public sealed class MakeContractFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [UsageRules.TypeIsNoContract.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FixTarget.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } target
                || target.Model.Compilation.GetTypeByMetadataName(ContractCall.ConstraintName) is not { } constraint
                || target.Find<InvocationExpressionSyntax>() is not { } invocation
                || ContractCall.TryFind(target.Model, invocation, constraint, context.CancellationToken) is not { } call
                || call.Argument is not INamedTypeSymbol { TypeKind: TypeKind.Interface, IsGenericType: false } type
                || type.DeclaringSyntaxReferences.FirstOrDefault() is not { } declaration)
            {
                continue;
            }

            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Make '{type.Name}' a contract",
                    cancellationToken => context.Document.Project.Solution.MarkAsync(declaration, "Contracts.Ipc.IpcService", cancellationToken),
                    nameof(MakeContractFix)),
                diagnostic);
        }
    }
}
