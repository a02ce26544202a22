using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Usage.Options;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Simplification;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>Sets an option to what it can be: the nearest size of a ring, no deadline instead of none at all (IPC4018); or leaves it as it is by default (IPC4018, IPC4019, IPC4030).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OptionFix)), Shared]
public sealed class OptionFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [OptionRules.OutOfRange.Id, OptionRules.LimitsNothing.Id, OptionRules.StrangersSeeInternals.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Root.FindNode(target.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { } assignment)
        {
            yield break;
        }

        string option = assignment.Left is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : assignment.Left.ToString();
        if (target.Diagnostic.Id == OptionRules.OutOfRange.Id && Better(option, assignment.Right, target.Model) is { } better)
        {
            yield return new FixOffer($"Set it to {better.Title}", nameof(OptionFix) + ":" + option, editor => editor.ReplaceNode(assignment.Right, better.Value.WithTriviaFrom(assignment.Right)));
        }

        if (assignment.Parent is ExpressionStatementSyntax statement)
        {
            yield return new FixOffer("Leave the default", nameof(OptionFix), editor => editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia));
        }
        else if (assignment.Parent is InitializerExpressionSyntax initializer)
        {
            yield return new FixOffer("Leave the default", nameof(OptionFix), editor => editor.ReplaceNode(initializer, (current, _) => Without((InitializerExpressionSyntax)current, assignment)));
        }
    }

    private static (string Title, ExpressionSyntax Value)? Better(string option, ExpressionSyntax value, SemanticModel model)
    {
        if (option == "RingCapacity" && model.GetConstantValue(value) is { HasValue: true, Value: int capacity })
        {
            int kibi = OptionRange.NearestRing(capacity) / 1024;
            return ($"{kibi} KiB", SyntaxFactory.ParseExpression($"{kibi} * 1024"));
        }

        return option is "DefaultTimeout" or "Timeout"
            ? ("no deadline", SyntaxFactory.ParseExpression("global::System.Threading.Timeout.InfiniteTimeSpan").WithAdditionalAnnotations(Simplifier.Annotation))
            : null;
    }

    private static InitializerExpressionSyntax Without(InitializerExpressionSyntax initializer, AssignmentExpressionSyntax assignment)
    {
        // Found anew, because an edit of the same initializer may have removed its neighbour.
        SeparatedSyntaxList<ExpressionSyntax> settings = initializer.Expressions;
        ExpressionSyntax? found = settings.FirstOrDefault(setting => setting.IsEquivalentTo(assignment));
        if (found is null)
        {
            return initializer;
        }

        SeparatedSyntaxList<ExpressionSyntax> left = settings.Remove(found);
        return initializer.WithExpressions(left.Count > 0 && found == settings.Last() && settings.SeparatorCount < settings.Count
            ? left.Replace(left.Last(), left.Last().WithTrailingTrivia(found.GetTrailingTrivia()))
            : left);
    }
}
