using Contracts.Ipc.Analyzers.Evolution;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Contracts.Ipc.CodeFixes.Evolution;

/// <summary>A fix that undoes the break in the source, with what the comparison found: the old name, number or value.</summary>
public abstract class RemedyFix : SyntaxFix
{
    private protected RemedyFix()
    {
    }

    private protected sealed override IEnumerable<FixOffer> Offer(FixTarget target)
        => target.Diagnostic.Properties.TryGetValue(BaselineProperties.Remedy, out string? remedy) && remedy is not null ? Offer(target, remedy) : [];

    private protected abstract IEnumerable<FixOffer> Offer(FixTarget target, string remedy);

    private protected static LiteralExpressionSyntax Text(string value)
        => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));

    /// <summary>An attribute by its name without namespace, and its arguments.</summary>
    private protected static AttributeSyntax Attribute(string text)
    {
        string qualified = text.StartsWith("System.", StringComparison.Ordinal) ? "global::" + text : "global::Contracts.Ipc." + text;
        AttributeSyntax attribute = ((CompilationUnitSyntax)SyntaxFactory.ParseSyntaxTree($"[{qualified}] class C;").GetRoot()).Members[0].AttributeLists[0].Attributes[0];
        return attribute.WithName(attribute.Name.WithAdditionalAnnotations(Simplifier.Annotation));
    }
}
