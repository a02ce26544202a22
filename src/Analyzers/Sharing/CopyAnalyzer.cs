using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Finds copies of shared values that are taken for the value itself: changed and forgotten (IPC4101), changed and written back without the lock (IPC4102), or
/// changed by atomic operations (IPC4103).
/// </summary>
/// <remarks>A copy is the ordinary way to work with a shared value. So it speaks only where nothing can come of the change: a copy that goes anywhere as a whole, or is looked at afterwards, is left alone.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CopyAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [SharedCopyRules.ChangedCopy, SharedCopyRules.LostUpdate, SharedCopyRules.AtomicOnCopy];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
    {
        context.RegisterOperationAction(operation => Analyze(operation, api), OperationKind.Invocation, OperationKind.PropertyReference);
        context.RegisterOperationAction(operation => AnalyzeWith(operation, api), OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context, SharedApi api)
    {
        if (SharedCopy.Of(context.Operation, api) is not { } copy)
        {
            return;
        }

        IOperation root = copy.Source.Root();
        IOperation? function = copy.Source.Function();
        CopyUse[] uses = [.. root.UsesOf(copy.Local).Select(CopyUse.Of)];
        if (uses.Any(use => use.Reference.Function() != function))
        {
            return;
        }

        CopyUse[] atomic = [.. uses.Where(IsAtomic)];
        foreach (CopyUse use in atomic)
        {
            var call = (IInvocationOperation)use.Member.Parent!.Parent!;
            context.ReportDiagnostic(Diagnostic.Create(
                SharedCopyRules.AtomicOnCopy, use.Member.Syntax.GetLocation(), $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}", copy.Local.Name));
        }

        if (uses.FirstOrDefault(use => IsWrittenBack(use, copy, api)) is { } back)
        {
            AnalyzeWriteBack(context, copy, uses, back, api);
        }
        else if (atomic.Length == 0 && ForgottenChange(copy, uses) is { } change)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                SharedCopyRules.ChangedCopy, change.Member.Syntax.GetLocation(), copy.Local.Name, copy.Source.Syntax, Advice(copy)));
        }
    }

    /// <summary><c>segment.Write(segment.Read() with { … })</c>, which never has a name.</summary>
    private static void AnalyzeWith(OperationAnalysisContext context, SharedApi api)
    {
        var write = (IInvocationOperation)context.Operation;
        if (IsWrite(write, api)
            && write.Arguments[0].Value.Unwrapped() is IWithOperation { Operand: { } operand }
            && operand.Unwrapped() is IInvocationOperation { TargetMethod.Name: "Read" } read
            && read.Instance.Variable() is { } segment
            && segment.IsSame(write.Instance.Variable())
            && !IsExclusive(write, api))
        {
            context.ReportDiagnostic(Diagnostic.Create(SharedCopyRules.LostUpdate, NameOf(write), "Write", segment.Name));
        }
    }

    private static void AnalyzeWriteBack(OperationAnalysisContext context, SharedCopy copy, CopyUse[] uses, CopyUse back, SharedApi api)
    {
        IInvocationOperation write = back.Reference.Around<IInvocationOperation>(call => IsWrite(call, api))!;
        bool isChanged = back.Reference.User() is IWithOperation
            || uses.Any(use => use.Position < back.Position && (use.Kind == CopyUseKind.MemberWrite || use.Member.Parent is IInvocationOperation { TargetMethod.IsReadOnly: false } or IArgumentOperation { Parameter.RefKind: RefKind.Ref }));
        if (isChanged && !IsExclusive(write, api))
        {
            context.ReportDiagnostic(Diagnostic.Create(SharedCopyRules.LostUpdate, NameOf(write), "Write", copy.Owner!.Name));
        }
    }

    /// <summary>The first change of a copy that is only changed, and never looked at afterwards.</summary>
    private static CopyUse? ForgottenChange(SharedCopy copy, CopyUse[] uses)
    {
        CopyUse? first = uses.FirstOrDefault(use => use.Kind == CopyUseKind.MemberWrite);

        // In a loop of its own, what stands above may still come after.
        return first is not null
            && first.Reference.Loop() == copy.Source.Loop()
            && uses.All(use => use.Kind == CopyUseKind.MemberWrite || (use.Kind == CopyUseKind.Read && use.Position < first.Position))
                ? first
                : null;
    }

    private static bool IsAtomic(CopyUse use)
        => use.Kind == CopyUseKind.Read
            && use.Member.Parent is IArgumentOperation { Parameter.RefKind: not RefKind.None, Parent: IInvocationOperation call }
            && AtomicCall.Is(call.TargetMethod);

    private static bool IsWrittenBack(CopyUse use, SharedCopy copy, SharedApi api)
    {
        IOperation? user = use.Reference.User();
        if (user is IWithOperation with)
        {
            user = with.User();
        }

        return use.Kind == CopyUseKind.Whole
            && user is IArgumentOperation { Parent: IInvocationOperation write }
            && IsWrite(write, api)
            && copy.Owner.IsSame(write.Instance.Variable());
    }

    private static bool IsWrite(IInvocationOperation call, SharedApi api)
        => call.TargetMethod.Name == "Write" && api.KindOf(call.TargetMethod.ContainingType) == SharedKind.Segment;

    /// <summary>Whether another lock of the library, or a semaphore, makes the two steps one.</summary>
    private static bool IsExclusive(IInvocationOperation write, SharedApi api)
        => HeldGuard.At(write, api).Any()
            || write.Root().Descendants().OfType<IInvocationOperation>().Any(call =>
                api.KindOf(call.TargetMethod.ContainingType) is SharedKind.Semaphore or SharedKind.Mutex or SharedKind.ReaderWriterLock or SharedKind.Event);

    private static string Advice(SharedCopy copy) => copy.IsGuarded
        ? $"Take a reference: 'ref {copy.Local.Type.Name} {copy.Local.Name} = ref {copy.Source.Syntax}'"
        : "Change the value in place by 'Update', or write the copy back";
}
