using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Finds attempts whose outcome nobody looks at (IPC4121), and waits for a change that forget what was seen last (IPC4120).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AttemptAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SharedWaitRules.IgnoredAttempt, SharedWaitRules.WaitFromNow];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
        => context.RegisterOperationAction(operation => Analyze(operation, api), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, SharedApi api)
    {
        var call = (IInvocationOperation)context.Operation;
        SharedKind kind = api.KindOf(call.TargetMethod.ContainingType);
        if (kind is SharedKind.None)
        {
            return;
        }

        if (call.TargetMethod.Name is "WaitForChange" or "WaitForChangeAsync"
            && call.Arguments[0].Value.Unwrapped() is IPropertyReferenceOperation { Property.Name: "Version" } version
            && version.Instance.Variable().IsSame(call.Instance.Variable())
            && call.Loop() is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(SharedWaitRules.WaitFromNow, version.Syntax.GetLocation(), version.Syntax));
        }
        else if (call.Parent is IExpressionStatementOperation && Loss(kind, call) is var (loss, instead))
        {
            context.ReportDiagnostic(Diagnostic.Create(SharedWaitRules.IgnoredAttempt, NameOf(call), call.TargetMethod.Name, loss, instead));
        }
    }

    /// <summary>What happens unseen if the attempt fails, and what to use where that must not be.</summary>
    private static (string Loss, string Instead)? Loss(SharedKind kind, IInvocationOperation call) => (kind, call.TargetMethod.Name) switch
    {
        (SharedKind.Queue, "TryEnqueue") when !DropsOldest(call) => ("if the queue is full, the item is lost", "'Enqueue' with a timeout"),
        (SharedKind.Queue, "TryDequeue") => ("if the queue is empty, the item is all zeros", "'Dequeue' with a timeout"),
        (SharedKind.Segment, "TryRead") => ("if it fails, the value is all zeros", "'Read'"),
        (SharedKind.Segment or SharedKind.Mutex, "TryLock") => ("if it fails, the lock is not held", "'Lock' with a timeout"),
        (SharedKind.ReaderWriterLock, "TryLockRead") => ("if it fails, the lock is not held", "'LockRead' with a timeout"),
        (SharedKind.ReaderWriterLock, "TryLockWrite") => ("if it fails, the lock is not held", "'LockWrite' with a timeout"),
        (SharedKind.Semaphore, "TryWait") => ("if it fails, the permit is not held", "'Wait' with a timeout"),
        (SharedKind.Semaphore, "Wait") when HasEnd(call) => ("if time runs out, the permit is not held", "'Wait' with a token alone"),
        _ => null,
    };

    private static bool HasEnd(IInvocationOperation call)
        => call.TargetMethod.ReturnsVoid is false && call.Arguments.FirstOrDefault()?.Value is not IFieldReferenceOperation { Field.Name: "InfiniteTimeSpan" };

    /// <summary>Whether the file speaks of queues that are never full: an item is enqueued there whatever happens.</summary>
    private static bool DropsOldest(IInvocationOperation call)
        => call.Syntax.SyntaxTree.GetRoot().DescendantTokens().Any(token => token.ValueText == "DropOldest");
}
