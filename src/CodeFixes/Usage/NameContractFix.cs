using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Shapes;
using Contracts.Ipc.Analyzers.Usage;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Contracts.Ipc.CodeFixes.Usage;

/// <summary>
/// Names the contract in a call such as <c>AddService(new Calculator())</c>: IPC4001. A class with several contracts gets one fix for each.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameContractFix)), Shared]
public sealed class NameContractFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [UsageRules.ContractNotNamed.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        Compilation compilation = target.Model.Compilation;
        if (target.Find<InvocationExpressionSyntax>() is not { } invocation
            || ContractAttributes.TryCreate(compilation) is not { } attributes
            || compilation.GetTypeByMetadataName(ContractCall.ConstraintName) is not { } constraint
            || ContractCall.TryFind(target.Model, invocation, constraint, default) is not { } call
            || ContractCall.NameOf(invocation) is not { } name)
        {
            yield break;
        }

        ImmutableArray<INamedTypeSymbol> contracts = attributes.ContractsOf(call.Argument);
        foreach (INamedTypeSymbol contract in contracts)
        {
            string written = contract.ToMinimalDisplayString(target.Model, invocation.SpanStart);
            yield return new FixOffer(
                $"Name the contract: {call.Method.Name}<{written}>",
                contracts.Length == 1 ? nameof(NameContractFix) : nameof(NameContractFix) + ":" + contract.ToDisplayString(),
                editor => editor.ReplaceNode(name, (current, generator) => WithContract((SimpleNameSyntax)current, contract, call, generator)));
        }
    }

    private static GenericNameSyntax WithContract(SimpleNameSyntax name, INamedTypeSymbol contract, ContractCall call, SyntaxGenerator generator)
    {
        var type = (TypeSyntax)generator.TypeExpression(contract);
        if (name is GenericNameSyntax generic)
        {
            TypeSyntax old = generic.TypeArgumentList.Arguments[call.Index];
            return generic.ReplaceNode(old, type.WithTriviaFrom(old));
        }

        // Inferred so far: every type argument must be written now.
        IEnumerable<TypeSyntax> types = call.Method.TypeArguments.Select(
            (argument, i) => i == call.Index ? type : (TypeSyntax)generator.TypeExpression(argument));
        return SyntaxFactory.GenericName(name.Identifier.WithoutTrivia(), SyntaxFactory.TypeArgumentList(SyntaxFactory.SeparatedList(types)))
            .WithTriviaFrom(name);
    }
}
