using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers;
using Contracts.Ipc.Analyzers.Layouts;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Makes a shared struct of the type that shared memory needs one of: adds [SharedLayout] and <c>partial</c> to it: IPC3030.</summary>
/// <remarks>There is no "fix all": many places may name one struct, and the edits of all would be made to it several times.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeSharedFix)), Shared]
public sealed class MakeSharedFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutRules.TypeIsNotShared.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FixTarget.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } target
                || target.Model.Compilation.GetTypeByMetadataName(SharedTypeArgument.ConstraintName) is not { } constraint
                || target.Find<TypeArgumentListSyntax>()?.Parent is not GenericNameSyntax name)
            {
                continue;
            }

            INamedTypeSymbol? type = SharedTypeArgument.Find(target.Model, name, constraint, context.CancellationToken)
                .Where(argument => argument.Syntax.Span == diagnostic.Location.SourceSpan)
                .Select(argument => argument.Type)
                .OfType<INamedTypeSymbol>()
                .FirstOrDefault(candidate => candidate is { TypeKind: TypeKind.Struct, IsGenericType: false });
            if (type?.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Mark '{type.Name}' [SharedLayout]",
                        cancellationToken => context.Document.Project.Solution.MarkAsync(declaration, "Contracts.Ipc.SharedMemory.SharedLayout", cancellationToken),
                        nameof(MakeSharedFix)),
                    diagnostic);
            }
        }
    }
}
