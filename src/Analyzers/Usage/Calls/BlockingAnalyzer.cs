using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Calls;

/// <summary>
/// Finds <c>.Result</c>, <c>.Wait()</c> and <c>.GetAwaiter().GetResult()</c> directly behind a call: in async code (IPC4008), on a ValueTask that may not be complete (IPC4009), and in a
/// service that could await (IPC4012).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CallRules.BlocksAsyncCode, CallRules.ReadBeforeComplete, CallRules.ServiceBlocks];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(
            operation =>
            {
                if (operation.Operation is IPropertyReferenceOperation { Property.Name: "Result", Instance: { } instance } property)
                {
                    Analyze(operation, instance, CallSyntax.NameOf(property), ".Result", symbols);
                }
            },
            OperationKind.PropertyReference);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                switch (call.TargetMethod.Name)
                {
                    case "Wait" when call.Instance is { } instance && call.Arguments.Length == 0:
                        Analyze(operation, instance, CallSyntax.NameOf(call), ".Wait()", symbols);
                        break;
                    case "GetResult" when call.Instance.Bare() is IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } instance }:
                        Analyze(operation, instance, CallSyntax.NameOf(call), ".GetAwaiter().GetResult()", symbols);
                        break;
                }
            },
            OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context, IOperation instance, Location where, string how, UsageSymbols symbols)
    {
        // A task from a variable may have been awaited before; only what is called right here has certainly not.
        if (instance.Awaited() is not IInvocationOperation call || !symbols.IsAwaitable(call.Type))
        {
            return;
        }

        IMethodSymbol? executor = context.Operation.Executor(context.ContainingSymbol);
        bool remote = call.IsRemote(symbols);
        if (remote && executor is { IsAsync: true })
        {
            context.ReportDiagnostic(Diagnostic.Create(CallRules.BlocksAsyncCode, where, how, call.TargetMethod.Name));
        }
        else if (executor is not null
            && symbols.IsAwaitable(executor.ReturnType)
            && !IsComplete(call, symbols)
            && executor.ContractMethods(symbols).Any())
        {
            context.ReportDiagnostic(Diagnostic.Create(CallRules.ServiceBlocks, where, executor.Name, call.TargetMethod.Name));
        }
        else if (remote && call.TargetMethod.Name != "DisposeAsync" && symbols.IsValueTask(call.Type) && IsStillValueTask(instance))
        {
            context.ReportDiagnostic(Diagnostic.Create(CallRules.ReadBeforeComplete, where, how, call.TargetMethod.Name));
        }
    }

    /// <summary>Task.FromResult and the like.</summary>
    private static bool IsComplete(IInvocationOperation call, UsageSymbols symbols)
        => call.TargetMethod.IsStatic && symbols.IsAwaitable(call.TargetMethod.ContainingType) && call.TargetMethod.Name is "FromResult" or "FromException" or "FromCanceled";

    private static bool IsStillValueTask(IOperation instance)
    {
        for (IOperation? current = instance.Bare(); current is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" } call; current = call.Instance.Bare())
        {
            if (call.TargetMethod.Name == "AsTask")
            {
                return false;
            }
        }

        return true;
    }
}
