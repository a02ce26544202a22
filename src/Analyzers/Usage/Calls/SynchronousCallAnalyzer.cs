using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Calls;

/// <summary>Finds synchronous calls where they hold up more than themselves: in async code although the contract has an asynchronous twin (IPC4010), and under a lock (IPC4028).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SynchronousCallAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CallRules.SynchronousInAsync, CallRules.UnderLock];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
    }

    /// <summary>The asynchronous method that does what a synchronous one does: its name with Async, the same parameters, perhaps a token more.</summary>
    internal static IMethodSymbol? TwinOf(IMethodSymbol method, UsageSymbols symbols)
        => method.ContainingType.GetMembers(method.Name + "Async").OfType<IMethodSymbol>().FirstOrDefault(twin => symbols.IsAwaitable(twin.ReturnType) && TakesTheSame(method, twin));

    private static void Analyze(OperationAnalysisContext context, UsageSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.ContainingType is not { TypeKind: TypeKind.Interface } || symbols.IsAwaitable(call.Type) || !call.IsContractCall(symbols) || IsOneWay(call.TargetMethod))
        {
            return;
        }

        if (TwinOf(call.TargetMethod, symbols) is { } twin && call.Executor(context.ContainingSymbol) is { IsAsync: true })
        {
            context.ReportDiagnostic(Diagnostic.Create(CallRules.SynchronousInAsync, CallSyntax.NameOf(call), call.TargetMethod.Name, twin.Name));
        }
        else if (IsUnderLock(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(CallRules.UnderLock, CallSyntax.NameOf(call), call.TargetMethod.Name));
        }
    }

    /// <summary>One-way calls wait for nobody.</summary>
    private static bool IsOneWay(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "OneWayAttribute");

    private static bool TakesTheSame(IMethodSymbol method, IMethodSymbol twin)
    {
        bool hasToken = twin.Parameters.Length == method.Parameters.Length + 1 && twin.Parameters[twin.Parameters.Length - 1] is { IsOptional: true, Type.Name: nameof(CancellationToken) };
        return (hasToken || twin.Parameters.Length == method.Parameters.Length)
            && method.Parameters.Zip(twin.Parameters, (mine, other) => SymbolEqualityComparer.Default.Equals(mine.Type, other.Type)).All(same => same);
    }

    private static bool IsUnderLock(IOperation operation)
    {
        for (IOperation? current = operation.Parent; current is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; current = current.Parent)
        {
            if (current is ILockOperation held)
            {
                return !held.LockedValue.Syntax.Span.Contains(operation.Syntax.Span);
            }
        }

        return false;
    }
}
