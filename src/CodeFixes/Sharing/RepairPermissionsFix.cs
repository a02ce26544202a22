using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Sharing;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Takes back what nobody but the owner may have, and gives the owner what he needs: IPC4115.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RepairPermissionsFix)), Shared]
public sealed class RepairPermissionsFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedLifeRules.InvalidPermissions.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Root.FindNode(target.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax value
            && target.Model.GetConstantValue(value) is { HasValue: true, Value: int mode }
            && target.Model.GetTypeInfo(value).ConvertedType is INamedTypeSymbol type)
        {
            int allowed = OpeningAnalyzer.Allowed(mode);
            yield return new FixOffer(
                "Let only the owner write",
                nameof(RepairPermissionsFix),
                editor =>
                {
                    IEnumerable<string> flags = type.GetMembers().OfType<IFieldSymbol>()
                        .Where(field => field.ConstantValue is int flag && flag != 0 && (allowed & flag) == flag)
                        .OrderByDescending(field => (int)field.ConstantValue!)
                        .Select(field => $"{type.ToMinimalDisplayString(target.Model, value.SpanStart)}.{field.Name}");
                    editor.ReplaceNode(value, SyntaxFactory.ParseExpression(string.Join(" | ", flags)).WithTriviaFrom(value));
                });
        }
    }
}
