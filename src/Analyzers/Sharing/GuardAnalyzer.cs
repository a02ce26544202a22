using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Finds locks that are never given back (IPC4105), and locks that the thread asks for although it holds them (IPC4106).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GuardAnalyzer : SharingAnalyzer
{
    /// <summary>The property of IPC4106 that names the guard, for the code fix.</summary>
    internal const string GuardName = "Guard";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SharedLockRules.GuardNotDisposed, SharedLockRules.LockTwice];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
        => context.RegisterOperationAction(operation => Analyze(operation, api), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, SharedApi api)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        switch (api.KindOf(method.ContainingType))
        {
            case SharedKind.Segment when method.Name is "Write" or "Update":
                AnalyzeRecursion(context, call, api);
                break;

            case SharedKind.Segment or SharedKind.Mutex or SharedKind.ReaderWriterLock
                when method.Name is "Lock" or "TryLock" or "LockRead" or "TryLockRead" or "LockWrite" or "TryLockWrite":
                AnalyzeRecursion(context, call, api);
                if (!IsDelegateOfOneExpression(call) && IsKeptForever(call, api))
                {
                    context.ReportDiagnostic(Diagnostic.Create(SharedLockRules.GuardNotDisposed, NameOf(call), method.Name));
                }

                break;
        }
    }

    private static void AnalyzeRecursion(OperationAnalysisContext context, IInvocationOperation call, SharedApi api)
    {
        if (call.Instance.Variable() is not { } variable
            || HeldGuard.At(call, api).FirstOrDefault(held => held.Owner.IsSame(variable)) is not { } guard
            || (guard.Guard is { } local && call.Root().UsesOf(local).Any(use => use.User().IsDisposal(use))))
        {
            return;
        }

        string advice = (call.TargetMethod.Name, guard.Guard) switch
        {
            ("Write", { } held) => $"Set '{held.Name}.Value' instead",
            ("Update", { } held) => $"Change '{held.Name}.Value' instead",
            (_, null) when guard.Kind == SharedKind.SegmentGuard => "Change the value that the delegate of 'Update' gets",
            _ => "Use the guard that is there",
        };
        context.ReportDiagnostic(Diagnostic.Create(
            SharedLockRules.LockTwice,
            NameOf(call),
            ImmutableDictionary<string, string?>.Empty.Add(GuardName, guard.Guard?.Name),
            call.TargetMethod.Name,
            variable.Name,
            advice));
    }

    private static bool IsKeptForever(IInvocationOperation call, SharedApi api)
    {
        if (call.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind == RefKind.Out && api.IsGuard(argument.Parameter.Type)) is { } @out)
        {
            // A dropped outcome has a rule of its own; who only asks whether the lock is free, in a test, drops the guard.
            return call.Parent is not IExpressionStatementOperation
                && (@out.Value is IDiscardOperation ? IsCondition(call) : @out.OutLocal() is { } taken && !IsDisposed(call, taken));
        }

        return call.User() switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => !IsDisposed(call, target.Local),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => !call.IsUsing() && !IsDisposed(call, declarator.Symbol),

            // segment.Lock().Value.X = 1: nobody can dispose what has no name.
            IPropertyReferenceOperation property => property.Instance == call,
            IInvocationOperation { TargetMethod.Name: not "Dispose" } member => member.Instance == call,
            _ => false,
        };
    }

    /// <summary><c>() => mutex.Lock(…)</c>: given to something that knows more about it, such as an assertion that it throws.</summary>
    private static bool IsDelegateOfOneExpression(IInvocationOperation call)
        => call.Function()?.Syntax is LambdaExpressionSyntax { ExpressionBody: not null };

    private static bool IsCondition(IInvocationOperation call)
    {
        IOperation? user = call.User();
        return (user is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not ? not.User() : user) is IConditionalOperation or ILoopOperation;
    }

    /// <summary>Whether somebody disposes the guard, or gets it as a whole and may do so.</summary>
    private static bool IsDisposed(IInvocationOperation call, ILocalSymbol guard)
        => call.Root().UsesOf(guard).Any(use => use.User() switch
        {
            IMemberReferenceOperation => false,
            IInvocationOperation { TargetMethod.Name: not "Dispose" } member when member.Instance == use => false,
            ISimpleAssignmentOperation assignment when assignment.Target == use => false,
            IArgumentOperation { Parameter.RefKind: RefKind.Out } => false,
            _ => true,
        });
}
