using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Messages;

/// <summary>Gives a member without key the next free one, by the attribute that its neighbours use: IPC2007.</summary>
/// <remarks>Members that are fixed together are numbered in the order of the source.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddKeyFix)), Shared]
public sealed class AddKeyFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MessageRules.KeyMissing.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<ParameterSyntax>() is not null
            || target.Find<MemberDeclarationSyntax>() is not (PropertyDeclarationSyntax or FieldDeclarationSyntax)
            || target.Find<TypeDeclarationSyntax>() is not { } type)
        {
            yield break;
        }

        MemberDeclarationSyntax member = target.Find<MemberDeclarationSyntax>()!;
        AttributeSyntax[] keys = [.. KeysOf(type, target.Model)];
        int[] indexes = [.. keys.Select(IndexOf).OfType<int>()];
        if (indexes.Length != keys.Length || keys.Length == 0)
        {
            // Keys that are names, or constants: the user knows better.
            yield break;
        }

        string attribute = keys[0].Name.ToString();
        int reserved = target.Model.GetDeclaredSymbol(type) is INamedTypeSymbol symbol ? FreeKeyFix.HighestReserved(symbol) : -1;
        int next = Math.Max(indexes.Max(), reserved) + 1;
        yield return new FixOffer(
            $"Add [{attribute}({next})]",
            nameof(AddKeyFix),
            editor => editor.ReplaceNode(
                type,
                (current, _) =>
                {
                    // Neighbours may have been fixed just before: count again.
                    var currentType = (TypeDeclarationSyntax)current;
                    SyntaxNode currentMember = currentType.Members.Single(candidate => NameOf(candidate) == NameOf(member));
                    int free = 1 + AttributesOf(currentType)
                        .Where(a => a.Name.ToString() == attribute)
                        .Select(IndexOf)
                        .OfType<int>()
                        .Append(reserved)
                        .Max();
                    return currentType.ReplaceNode(currentMember, currentMember.WithAttribute(Key(attribute, free)));
                }));
    }

    private static AttributeSyntax Key(string attribute, int index)
        => SyntaxFactory.Attribute(
            SyntaxFactory.ParseName(attribute),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(
                SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(index))))));

    private static IEnumerable<AttributeSyntax> KeysOf(TypeDeclarationSyntax type, SemanticModel model)
        => AttributesOf(type).Where(attribute => model.GetTypeInfo(attribute).Type?.Name is "IpcKeyAttribute" or "KeyAttribute");

    private static IEnumerable<AttributeSyntax> AttributesOf(TypeDeclarationSyntax type)
        => type.Members.SelectMany(member => member.AttributeLists)
            .Concat(type.ParameterList?.Parameters.SelectMany(parameter => parameter.AttributeLists) ?? [])
            .SelectMany(list => list.Attributes);

    private static int? IndexOf(AttributeSyntax attribute)
        => attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax { Token.Value: int index } ? index : null;

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        FieldDeclarationSyntax field => field.Declaration.Variables.FirstOrDefault()?.Identifier.ValueText,
        _ => null,
    };
}
