using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Layouts;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Writes the number instead of another assembly's constant: IPC3043.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WriteLengthFix)), Shared]
public sealed class WriteLengthFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutAdvice.ForeignLength.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (Length(target) is (ExpressionSyntax expression, int value))
        {
            yield return new FixOffer(
                $"Write {LayoutNames.Number(value)}",
                nameof(WriteLengthFix),
                editor => editor.ReplaceNode(
                    expression,
                    (current, _) => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(value)).WithTriviaFrom(current)));
        }
    }

    private static (ExpressionSyntax, int)? Length(FixTarget target)
    {
        if (target.Find<VariableDeclaratorSyntax>() is { } variable)
        {
            // The length of an inline array is written where that struct is declared.
            return variable.ArgumentList?.Arguments.Count == 1 && target.Model.GetDeclaredSymbol(variable) is IFieldSymbol field
                ? (variable.ArgumentList.Arguments[0].Expression, field.FixedSize)
                : null;
        }

        return target.Find<TypeDeclarationSyntax>() is { } type
            && type.FindAttribute(target.Model, LayoutAttributes.InlineArray)?.ArgumentList?.Arguments.FirstOrDefault()?.Expression is { } length
            && target.Model.GetDeclaredSymbol(type) is { } symbol
            && LayoutAttributes.InlineArrayLength(symbol) is { } value
                ? (length, value)
                : null;
    }
}
