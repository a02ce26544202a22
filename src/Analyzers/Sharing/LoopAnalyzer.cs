using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Looks at loops that do nothing but wait: for what could be waited for (IPC4117), for memory that is read without Volatile (IPC4118), or for what cannot change (IPC4119).
/// </summary>
/// <remarks>A loop that spins on purpose, with <c>SpinWait</c>, is left alone by the first rule.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoopAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [SharedWaitRules.PolledObject, SharedWaitRules.PlainPolling, SharedWaitRules.WaitForCopy];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
        => context.RegisterOperationAction(operation => Analyze(operation, api), OperationKind.Loop);

    private static void Analyze(OperationAnalysisContext context, SharedApi api)
    {
        IOperation? condition = context.Operation switch
        {
            IWhileLoopOperation loop => loop.Condition,
            IForLoopOperation { AtLoopBottom.IsEmpty: true } loop => loop.Condition,
            _ => null,
        };
        if (condition is null || IdleBody.Of(((ILoopOperation)context.Operation).Body) is not { } body)
        {
            return;
        }

        foreach (IOperation part in condition.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation call when body != IdleBody.Spin && Remedy(call, api) is { } remedy:
                    context.ReportDiagnostic(Diagnostic.Create(SharedWaitRules.PolledObject, NameOf(call), call.TargetMethod.Name, remedy));
                    return;
                case IPropertyReferenceOperation property when body != IdleBody.Spin && Remedy(property, api) is { } remedy:
                    context.ReportDiagnostic(Diagnostic.Create(SharedWaitRules.PolledObject, property.Syntax.GetLocation(), property.Property.Name, remedy));
                    return;
                case IFieldReferenceOperation { Instance: { } value } field when SharedApi.IsSharedStruct(field.Field.ContainingType):
                    AnalyzeField(context, field, value.Unwrapped(), api);
                    break;
            }
        }
    }

    private static void AnalyzeField(OperationAnalysisContext context, IFieldReferenceOperation field, IOperation value, SharedApi api)
    {
        if (field.Parent is IArgumentOperation { Parameter.RefKind: not RefKind.None })
        {
            // Volatile.Read, or something of that kind.
            return;
        }

        (DiagnosticDescriptor? rule, string reason) = value switch
        {
            ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } when IsPrivate(local, field) => (SharedWaitRules.WaitForCopy, "it belongs to a copy of this method"),
            IPropertyReferenceOperation { Property.Name: "Value" or "Published" } property when api.KindOf(property.Property.ContainingType) == SharedKind.SegmentGuard
                => (SharedWaitRules.WaitForCopy, "nobody else can write while this thread holds the lock"),
            IParameterReferenceOperation parameter when parameter.Function() is IAnonymousFunctionOperation function && HeldGuard.UpdateWith(function, api) is not null
                => (SharedWaitRules.WaitForCopy, "nobody else can write while this delegate runs"),
            ILocalReferenceOperation { Local: { RefKind: not RefKind.None } local } when RefersToGuard(local, field, api)
                => (SharedWaitRules.WaitForCopy, "nobody else can write while this thread holds the lock"),
            IParameterReferenceOperation { Parameter.RefKind: not RefKind.None } when PlainRead.CanBeVolatile(field) => (SharedWaitRules.PlainPolling, ""),
            ILocalReferenceOperation { Local.RefKind: not RefKind.None } when PlainRead.CanBeVolatile(field) => (SharedWaitRules.PlainPolling, ""),
            _ when PlainRead.IsBehindPointer(field) && PlainRead.CanBeVolatile(field) => (SharedWaitRules.PlainPolling, ""),
            _ => (null, ""),
        };
        if (rule is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, field.Syntax.GetLocation(), field.Syntax, reason));
        }
    }

    /// <summary>Whether no other thread and no reference can reach the local.</summary>
    private static bool IsPrivate(ILocalSymbol local, IOperation use)
        => use.Root().UsesOf(local).All(other => other.Function() == use.Function()
            && CopyUse.MemberOf(other).Parent is not (IArgumentOperation { Parameter.RefKind: not RefKind.None } or IAddressOfOperation or IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } }));

    private static bool RefersToGuard(ILocalSymbol local, IOperation use, SharedApi api)
        => use.Root().Descendants().OfType<IVariableDeclaratorOperation>()
            .Any(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local)
                && declarator.GetVariableInitializer()?.Value is IPropertyReferenceOperation property
                && api.KindOf(property.Property.ContainingType) == SharedKind.SegmentGuard);

    private static string? Remedy(IInvocationOperation call, SharedApi api)
        => (api.KindOf(call.TargetMethod.ContainingType), call.TargetMethod.Name, HasTime(call)) switch
        {
            (SharedKind.Segment, "Read" or "TryRead", _) => "Sleep until something changes: 'Read(out long version)', then 'WaitForChange(version, …)'",
            (SharedKind.Queue, "TryDequeue", false) => "Wait for an item: 'Dequeue' with a timeout",
            (SharedKind.Queue, "TryEnqueue", false) => "Wait for room: 'Enqueue' with a timeout",
            (SharedKind.Mutex or SharedKind.Segment, "TryLock", false) => "Wait for the lock: 'Lock' with a timeout",
            (SharedKind.Semaphore, "TryWait", _) => "Wait for a permit: 'Wait' with a timeout",
            _ => null,
        };

    private static string? Remedy(IPropertyReferenceOperation property, SharedApi api)
        => (api.KindOf(property.Property.ContainingType), property.Property.Name) switch
        {
            (SharedKind.Segment, "Version") => "Sleep until something changes: 'WaitForChange(version, …)'",
            (SharedKind.Event, "IsSet") => "Wait for it: 'Wait' with a timeout",
            _ => null,
        };

    private static bool HasTime(IInvocationOperation call)
        => call.Arguments.Any(argument => argument.Parameter?.Type.Name == "TimeSpan" && argument.Value is not IFieldReferenceOperation { Field.Name: "Zero" });
}
