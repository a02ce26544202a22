using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Sharing;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.CodeFixes.Sharing;

/// <summary>Asks for the size of a shared struct as it lies in memory: IPC4125.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnsafeSizeFix)), Shared]
public sealed class UnsafeSizeFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedDataRules.MarshalledSize.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<InvocationExpressionSyntax>() is { } call
            && target.Model.GetOperation(call) is IInvocationOperation { TargetMethod.Name: "SizeOf" } operation
            && SharedDataAnalyzer.MarshalledType(operation) is { } type
            && target.Model.Compilation.GetTypeByMetadataName("System.Runtime.CompilerServices.Unsafe") is { } @unsafe)
        {
            yield return new FixOffer(
                $"Use 'Unsafe.SizeOf<{type.Name}>()'",
                nameof(UnsafeSizeFix),
                editor => editor.ReplaceNode(call, (current, generator) => generator.InvocationExpression(
                    generator.MemberAccessExpression(generator.TypeExpression(@unsafe), generator.GenericName("SizeOf", type))).WithTriviaFrom(current)));
        }
    }
}
