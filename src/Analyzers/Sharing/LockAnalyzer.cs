using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Finds locks of this process where one of all processes was meant (IPC4109), and waits under the lock of a segment (IPC4107).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LockAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SharedLockRules.LockStatement, SharedLockRules.WaitUnderLock];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
    {
        context.RegisterOperationAction(operation => AnalyzeLock(operation, ((ILockOperation)operation.Operation).LockedValue, "lock", api), OperationKind.Lock);
        context.RegisterOperationAction(operation => AnalyzeCall(operation, api), OperationKind.Invocation);
    }

    private static void AnalyzeLock(OperationAnalysisContext context, IOperation locked, string how, SharedApi api)
    {
        IOperation value = locked.Unwrapped();
        if (api.IsNamedObject(value.Type))
        {
            string advice = api.KindOf(value.Type) switch
            {
                SharedKind.ReaderWriterLock => $"Use its own lock: 'using ({value.Syntax}.LockWrite(…))'",
                SharedKind.Segment or SharedKind.Mutex => $"Use its own lock: 'using ({value.Syntax}.Lock(…))'",
                _ => "Lock a SharedMutex; one operation on this object needs no lock",
            };
            context.ReportDiagnostic(Diagnostic.Create(SharedLockRules.LockStatement, value.Syntax.GetLocation(), how, advice));
        }
    }

    private static void AnalyzeCall(OperationAnalysisContext context, SharedApi api)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        if (method is { IsStatic: true, ContainingType.Name: "Monitor", Name: "Enter" or "TryEnter" } && !call.Arguments.IsEmpty)
        {
            AnalyzeLock(context, call.Arguments[0].Value, $"Monitor.{method.Name}", api);
        }
        else if (Waits(method, api) && HeldGuard.At(call, api).Any(held => held.Kind == SharedKind.SegmentGuard))
        {
            context.ReportDiagnostic(Diagnostic.Create(SharedLockRules.WaitUnderLock, NameOf(call), $"{method.ContainingType.Name}.{method.Name}"));
        }
    }

    private static bool Waits(IMethodSymbol method, SharedApi api) => (method.ContainingType.Name, method.Name) switch
    {
        ("Thread", "Sleep" or "Join") => true,
        ("Task", "Wait" or "WaitAll" or "WaitAny") => true,
        ("TaskAwaiter" or "ValueTaskAwaiter", "GetResult") => true,
        ("WaitHandle", "WaitOne" or "WaitAll" or "WaitAny") => true,
        ("Console", "ReadLine" or "ReadKey") => true,
        ("Process", "WaitForExit") => true,
        (_, "Wait") => api.KindOf(method.ContainingType) is SharedKind.Event or SharedKind.Semaphore,
        (_, "Dequeue" or "Enqueue") => api.KindOf(method.ContainingType) == SharedKind.Queue,
        (_, "WaitForChange") => api.KindOf(method.ContainingType) == SharedKind.Segment,
        _ => false,
    };
}
