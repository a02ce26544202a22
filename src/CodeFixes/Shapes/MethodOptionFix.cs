using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>Sets an option of a method to the nearest value that means something: IPC1022, IPC1025, IPC1035.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MethodOptionFix)), Shared]
public sealed class MethodOptionFix : SyntaxFix
{
    private const int HighestPriority = 7;

    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [ContractRules.TimeoutInvalid.Id, ContractRules.PriorityInvalid.Id, MethodRules.TimeoutHuge.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        string option = target.Diagnostic.Id == ContractRules.PriorityInvalid.Id ? "Priority" : "TimeoutMilliseconds";
        if (target.Find<MethodDeclarationSyntax>()?.FindAttribute(target.Model, AttributeNames.Method)?.FindNamed(option) is not { } argument
            || target.Model.GetConstantValue(argument.Expression) is not { Value: int value })
        {
            yield break;
        }

        int valid = option == "Priority" ? (value < 0 ? 0 : HighestPriority) : -1;
        yield return new FixOffer(
            option == "Priority" ? $"Set the priority to {valid}" : "Set no deadline",
            nameof(MethodOptionFix) + ":" + option,
            editor => editor.ReplaceNode(argument.Expression, AttributeArgumentEdit.Number(valid).Expression.WithTriviaFrom(argument.Expression)));
    }
}
