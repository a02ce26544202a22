using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis.Simplification;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Declares a struct with the elements of a tuple as its fields, and makes the field one of it: IPC3017.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameTupleFix)), Shared]
public sealed class NameTupleFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutRules.Tuple.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<VariableDeclarationSyntax>() is not { Type: TupleTypeSyntax tuple, Parent: FieldDeclarationSyntax } field
            || target.Find<TypeDeclarationSyntax>() is not { } type)
        {
            yield break;
        }

        var taken = new UniqueNames(target.Model.LookupNamespacesAndTypes(type.SpanStart).Select(symbol => symbol.Name));
        string name = taken.Take(type.Identifier.ValueText + MemberEdit.Pascal(field.Variables[0].Identifier.ValueText));
        yield return new FixOffer($"Declare a struct '{name}' for it", nameof(NameTupleFix), editor =>
        {
            editor.InsertAfter(type, Declare(name, type, tuple));
            editor.ReplaceNode(tuple, (current, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
        });
    }

    private static MemberDeclarationSyntax Declare(string name, TypeDeclarationSyntax type, TupleTypeSyntax tuple)
    {
        string line = type.LineBreakOf().ToFullString();
        string indentation = type.IndentationOf().ToFullString();
        string accessibility = string.Concat(type.Modifiers.Where(IsAccessibility).Select(modifier => modifier.ValueText + " "));
        string fields = string.Concat(tuple.Elements.Select((element, index) =>
            $"{indentation}    public {element.Type} {(element.Identifier.ValueText.Length > 0 ? MemberEdit.Pascal(element.Identifier.ValueText) : $"Item{index + 1}")};{line}"));
        return SyntaxFactory.ParseMemberDeclaration(
                $"{line}{indentation}[global::Contracts.Ipc.SharedMemory.SharedLayout]{line}{indentation}{accessibility}partial struct {name}{line}{indentation}{{{line}{fields}{indentation}}}{line}")!
            .ReplaceAttributeName();
    }

    private static bool IsAccessibility(SyntaxToken modifier)
        => modifier.ValueText is "public" or "internal" or "private" or "protected";
}

/// <summary>Lets the name of the attribute be shortened as far as the usings of the file allow.</summary>
file static class AttributeNameEdit
{
    internal static MemberDeclarationSyntax ReplaceAttributeName(this MemberDeclarationSyntax declaration)
    {
        AttributeSyntax attribute = declaration.DescendantNodes().OfType<AttributeSyntax>().First();
        return declaration.ReplaceNode(attribute, attribute.WithAdditionalAnnotations(Simplifier.Annotation));
    }
}
