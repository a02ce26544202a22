using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Simplification;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Lets a struct that lies in a shared one say so: marks it [SharedLayout], or writes the layout that it has: IPC3047.</summary>
/// <remarks>There is no "fix all": several structs may contain it, and the edits of all would be made to it several times.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SayLayoutFix)), Shared]
public sealed class SayLayoutFix : CodeFixProvider
{
    private const string Interop = "global::System.Runtime.InteropServices.";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutAdvice.UnmarkedStruct.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            // What lies deeper is offered where the struct around it is declared.
            if (await FixTarget.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } target
                || target.Find<VariableDeclarationSyntax>() is not { } field
                || target.Model.GetTypeInfo(field.Type, context.CancellationToken).Type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } type
                || type.DeclaringSyntaxReferences.FirstOrDefault() is not { } declaration)
            {
                continue;
            }

            if (!type.IsGenericType)
            {
                Register(context, diagnostic, declaration, $"Mark '{type.Name}' [SharedLayout]", "Shared", node => ((TypeDeclarationSyntax)node).WithPartial().WithAttribute(Attribute("global::Contracts.Ipc.SharedMemory.SharedLayout")));
            }

            if (!type.HasAttribute(LayoutArgument.StructLayout))
            {
                Register(context, diagnostic, declaration, $"Add [StructLayout(LayoutKind.Sequential)] to '{type.Name}'", "Layout", node => node.WithAttribute(Attribute(Interop + "StructLayout", Interop + "LayoutKind.Sequential")));
            }
        }
    }

    private static void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxReference declaration, string title, string key, Func<SyntaxNode, SyntaxNode> edit)
        => context.RegisterCodeFix(
            CodeAction.Create(
                title,
                cancellationToken => context.Document.Project.Solution.ReplaceAsync(declaration, edit, cancellationToken),
                nameof(SayLayoutFix) + ":" + key),
            diagnostic);

    private static AttributeSyntax Attribute(string name, string? argument = null)
    {
        AttributeSyntax attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName(name));
        if (argument is not null)
        {
            attribute = attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList(
                SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(SyntaxFactory.ParseExpression(argument)))));
        }

        return attribute.WithAdditionalAnnotations(Simplifier.Annotation);
    }
}
