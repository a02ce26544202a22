using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Lifetimes;

/// <summary>Finds factories of services that return one disposable object to every connection: IPC4025.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedFactoryAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LifetimeRules.FactoryHandsOutOneObject];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context, UsageSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "AddService" || !UsageSymbols.Same(call.TargetMethod.ContainingType, symbols.Server))
        {
            return;
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Value.Bare() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }
                && lambda.Body.Operations.Length == 1 && lambda.Body.Operations[0] is IReturnOperation { ReturnedValue: { } returned }
                && Shared(returned.Bare(), lambda.Symbol) is { } shared
                && IsDisposable(returned.Bare()!.Type))
            {
                context.ReportDiagnostic(Diagnostic.Create(LifetimeRules.FactoryHandsOutOneObject, returned.Bare()!.Syntax.GetLocation(), shared));
            }
        }
    }

    /// <summary>The name of what lived before the lambda was called.</summary>
    private static string? Shared(IOperation? value, IMethodSymbol lambda) => value switch
    {
        ILocalReferenceOperation local when !SymbolEqualityComparer.Default.Equals(local.Local.ContainingSymbol, lambda) => local.Local.Name,
        IParameterReferenceOperation parameter when !SymbolEqualityComparer.Default.Equals(parameter.Parameter.ContainingSymbol, lambda) => parameter.Parameter.Name,
        IFieldReferenceOperation field => field.Field.Name,
        _ => null,
    };

    private static bool IsDisposable(ITypeSymbol? type)
        => type is not null && type.AllInterfaces.Any(implemented => implemented.ToDisplayString() is "System.IDisposable" or "System.IAsyncDisposable");
}
