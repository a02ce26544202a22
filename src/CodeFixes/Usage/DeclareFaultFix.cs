using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Usage;
using Contracts.Ipc.Analyzers.Usage.Services;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Simplification;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>Declares a fault at the method of the contract: IPC4023.</summary>
/// <remarks>There is no "fix all": several places may throw one fault, and it would be declared several times.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareFaultFix)), Shared]
public sealed class DeclareFaultFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ServiceRules.FaultNotDeclared.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FixTarget.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } target
                || target.Find<BaseObjectCreationExpressionSyntax>() is not { } creation)
            {
                continue;
            }

            UsageSymbols symbols = UsageSymbols.Of(target.Model.Compilation);
            if (FaultAnalyzer.DetailOf(target.Model.GetTypeInfo(creation, context.CancellationToken).Type, symbols) is { } detail
                && creation.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } implementation
                && target.Model.GetDeclaredSymbol(implementation, context.CancellationToken) is { } method
                && method.ContractMethods(symbols).FirstOrDefault(declared => !FaultAnalyzer.Declares(declared, detail, symbols)) is { } contractMethod
                && contractMethod.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Declare [IpcFault(typeof({detail.Name}))] at {contractMethod.ContainingType.Name}.{contractMethod.Name}",
                        cancellationToken => context.Document.Project.Solution.ReplaceAsync(declaration, node => Declare(node, detail), cancellationToken),
                        nameof(DeclareFaultFix)),
                    diagnostic);
            }
        }
    }

    private static SyntaxNode Declare(SyntaxNode method, ITypeSymbol detail)
        => method.WithAttribute(SyntaxFactory.Attribute(
            SyntaxFactory.ParseName("global::Contracts.Ipc.IpcFault"),
            SyntaxFactory.ParseAttributeArgumentList($"(typeof({detail.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}))")).WithAdditionalAnnotations(Simplifier.Annotation));
}
