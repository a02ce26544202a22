using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Usage.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Lifetimes;

/// <summary>Finds connections, servers and child processes that a method makes and neither disposes nor gives away: IPC4004.</summary>
/// <remarks>Listeners belong to their server and proxies own nothing, so they are not asked for. Whatever leaves the method is somebody else's to dispose.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UndisposedAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LifetimeRules.NeverDisposed];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                if (call.TargetMethod.Name == "ConnectAsync" && UsageSymbols.Same(call.TargetMethod.ContainingType, symbols.Connection))
                {
                    Analyze(operation, CallSyntax.NameOf(call), "connection", "the other process keeps a place for it until this process ends");
                }
                else if (call.TargetMethod.Name == "StartAsync" && UsageSymbols.Same(call.TargetMethod.ContainingType, symbols.Process))
                {
                    Analyze(operation, CallSyntax.NameOf(call), "process", "the child goes on running");
                }
            },
            OperationKind.Invocation);
        context.RegisterOperationAction(
            operation =>
            {
                if (UsageSymbols.Same(operation.Operation.Type, symbols.Server))
                {
                    Location where = operation.Operation.Syntax is ObjectCreationExpressionSyntax creation ? creation.Type.GetLocation() : operation.Operation.Syntax.GetLocation();
                    Analyze(operation, where, "server", "its endpoints stay open, and what it made in the file system stays behind");
                }
            },
            OperationKind.ObjectCreation);
    }

    private static void Analyze(OperationAnalysisContext context, Location where, string what, string consequence)
    {
        IOperation made = WithChain(WithResult(context.Operation.User()));
        switch (made.Parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }
                when !IsInUsing(declarator) && declarator.ReferencesTo(declarator.Symbol).All(IsHarmless):
                Location name = declarator.Syntax is VariableDeclaratorSyntax syntax ? syntax.Identifier.GetLocation() : declarator.Syntax.GetLocation();
                context.ReportDiagnostic(Diagnostic.Create(LifetimeRules.NeverDisposed, name, what, declarator.Symbol.Name, consequence));
                break;

            case IExpressionStatementOperation:
            case IInvocationOperation call when call.Instance == made && !Ends(call.TargetMethod.Name):
            case IPropertyReferenceOperation:
                context.ReportDiagnostic(Diagnostic.Create(LifetimeRules.NeverDisposed, where, what, context.Operation.Syntax.ToString(), consequence));
                break;
        }
    }

    /// <summary>Code that is not async blocks on the task.</summary>
    private static IOperation WithResult(IOperation task)
    {
        while (task.Parent is IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "GetResult" } or IPropertyReferenceOperation { Property.Name: "Result" })
        {
            task = task.Parent;
        }

        return task;
    }

    /// <summary>AddService returns the server, so that calls can be chained.</summary>
    private static IOperation WithChain(IOperation made)
    {
        while (made.Parent is IInvocationOperation { TargetMethod.Name: "AddService", Instance: { } instance } call && instance == made)
        {
            made = call.User();
        }

        return made;
    }

    private static bool IsInUsing(IOperation declarator)
    {
        for (IOperation? current = declarator.Parent; current is not null and not IBlockOperation; current = current.Parent)
        {
            if (current is IUsingDeclarationOperation or IUsingOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a place that names the object can neither end it nor give it away.</summary>
    private static bool IsHarmless(ILocalReferenceOperation reference)
    {
        IOperation used = WithChain(reference);
        return used.Parent switch
        {
            IInvocationOperation call => call.Instance == used && !Ends(call.TargetMethod.Name),
            IPropertyReferenceOperation or IEventReferenceOperation => true,
            IExpressionStatementOperation => true,
            _ => false,
        };
    }

    /// <summary>RunAsync drains the server before it returns.</summary>
    private static bool Ends(string method) => method is "DisposeAsync" or "CloseAsync" or "DrainAsync" or "StopAsync" or "RunAsync" or "Kill";
}
