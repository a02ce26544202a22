using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Evolution;

/// <summary>Keeps the name on the wire that a contract, method or member had before it was renamed: IPC5012.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PinNameFix)), Shared]
public sealed class PinNameFix : RemedyFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ServiceEvolutionRules.RenamedOnTheWire.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target, string remedy)
    {
        if (target.Find<MemberDeclarationSyntax>() is not { } declaration)
        {
            yield break;
        }

        string title = $"Keep the name '{remedy}' on the wire";
        switch (declaration)
        {
            case TypeDeclarationSyntax type when (type.FindAttribute(target.Model, AttributeNames.Service) ?? type.FindAttribute(target.Model, AttributeNames.ContractFor)) is { } service:
                yield return new FixOffer(title, nameof(PinNameFix), editor => editor.ReplaceNode(service, (current, _) => Named((AttributeSyntax)current, remedy)));
                break;
            case MethodDeclarationSyntax method when method.FindAttribute(target.Model, AttributeNames.Method) is { } options:
                yield return new FixOffer(title, nameof(PinNameFix), editor => editor.ReplaceNode(options, (current, _) => Named((AttributeSyntax)current, remedy)));
                break;
            case MethodDeclarationSyntax method:
                yield return new FixOffer(
                    title,
                    nameof(PinNameFix),
                    editor => editor.ReplaceNode(method, (current, _) => current.WithAttribute(Named(Attribute("IpcMethod"), remedy))));
                break;
            case not null when declaration.FindAttribute(target.Model, AttributeNames.Key) is { ArgumentList.Arguments: { Count: 1 } arguments }:
                yield return new FixOffer(title, nameof(PinNameFix), editor => editor.ReplaceNode(arguments[0].Expression, Text(remedy)));
                break;
            case not null when declaration.FindAttribute(target.Model, AttributeNames.DataMember) is { } member:
                yield return new FixOffer(title, nameof(PinNameFix), editor => editor.ReplaceNode(member, (current, _) => Named((AttributeSyntax)current, remedy)));
                break;
        }
    }

    private static AttributeSyntax Named(AttributeSyntax attribute, string name)
    {
        AttributeArgumentSyntax argument = SyntaxFactory.AttributeArgument(
            SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("Name").WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)),
            null,
            Text(name));
        AttributeArgumentListSyntax list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        if (list.Arguments.FirstOrDefault(other => other.NameEquals?.Name.Identifier.ValueText == "Name") is { } old)
        {
            return attribute.WithArgumentList(list.ReplaceNode(old, argument));
        }

        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = list.Arguments.Count == 0
            ? SyntaxFactory.SingletonSeparatedList(argument)
            : SyntaxFactory.SeparatedList(
                list.Arguments.Append(argument),
                Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), list.Arguments.Count));
        return attribute.WithArgumentList(list.WithArguments(arguments));
    }
}
