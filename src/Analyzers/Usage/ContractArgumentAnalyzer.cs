using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Usage;

/// <summary>
/// Explains calls whose type argument had to be a contract and is none: IPC4001 and IPC4002. The compiler refuses them too, but
/// speaks of implicit reference conversions; in <c>AddService(new Calculator())</c> the class was not even written down.
/// </summary>
/// <remarks>
/// It looks at every method whose type parameter is constrained to <c>IIpcContract&lt;T&gt;</c>, so that the user's own wrappers
/// are explained like ours, and only at calls that did not compile, so that healthy code costs nothing.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractArgumentAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [UsageRules.ContractNotNamed, UsageRules.TypeIsNoContract];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (ContractAttributes.TryCreate(context.Compilation) is { } attributes
            && context.Compilation.GetTypeByMetadataName(ContractCall.ConstraintName) is { } constraint)
        {
            context.RegisterOperationAction(operation => Analyze(operation, attributes, constraint), OperationKind.Invalid);
        }
    }

    private static void Analyze(OperationAnalysisContext context, ContractAttributes attributes, INamedTypeSymbol constraint)
    {
        if (context.Operation.Syntax is not InvocationExpressionSyntax invocation
            || context.Operation.SemanticModel is not { } model
            || ContractCall.TryFind(model, invocation, constraint, context.CancellationToken) is not { } call
            || attributes.IsContract(call.Argument))
        {
            // A contract that is refused is explained where it is declared.
            return;
        }

        SimpleNameSyntax name = ContractCall.NameOf(invocation)!;
        context.ReportDiagnostic(Explain(call, attributes, name.GetLocation(), model, invocation.SpanStart));
    }

    private static Diagnostic Explain(
        ContractCall call, ContractAttributes attributes, Location location, SemanticModel model, int position)
    {
        string argument = call.Argument.ToMinimalDisplayString(model, position);
        if (call.Argument.TypeKind is TypeKind.Class or TypeKind.Struct)
        {
            ImmutableArray<INamedTypeSymbol> contracts = attributes.ContractsOf(call.Argument);
            if (!contracts.IsEmpty)
            {
                string[] names = [.. contracts.Select(contract => contract.ToMinimalDisplayString(model, position))];
                return Diagnostic.Create(
                    UsageRules.ContractNotNamed,
                    location,
                    call.Method.Name,
                    argument,
                    names.Length == 1 ? $"'{names[0]}'" : "one of " + string.Join(", ", names.Select(name => $"'{name}'")),
                    names[0]);
            }
        }

        string advice = call.Argument switch
        {
            { TypeKind: TypeKind.Interface } => "Mark the interface [IpcService] and make it partial, or describe it by [IpcContractFor] and pass its Contract",
            { TypeKind: TypeKind.TypeParameter } => $"Constrain it: where {argument} : class, IIpcContract<{argument}>",
            _ => "Let the class implement an interface marked [IpcService] and name that interface",
        };
        return Diagnostic.Create(UsageRules.TypeIsNoContract, location, call.Method.Name, argument, advice);
    }
}
