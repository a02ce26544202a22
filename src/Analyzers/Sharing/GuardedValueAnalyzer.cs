using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Looks at the value of a guard: used when the guard is gone (IPC4108), or treated as if others saw it meanwhile (IPC4104).
/// </summary>
/// <remarks>The compiler lets a reference leave the guard's scope: it does not know that the memory behind it belongs to others then.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GuardedValueAnalyzer : SharingAnalyzer
{
    private const string Foreign = "other processes read or write this memory by then";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SharedLockRules.GuardOutlived, SharedCopyRules.AtomicUnderLock];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
    {
        context.RegisterOperationAction(operation => AnalyzeProperty(operation, api), OperationKind.PropertyReference);
        context.RegisterOperationAction(operation => AnalyzeCall(operation, api), OperationKind.Invocation);
    }

    private static void AnalyzeProperty(OperationAnalysisContext context, SharedApi api)
    {
        var property = (IPropertyReferenceOperation)context.Operation;
        if (!IsGuarded(property, api) || property.Instance?.Unwrapped() is not ILocalReferenceOperation { Local: { } guard })
        {
            return;
        }

        IOperation member = CopyUse.MemberOf(property);
        if (IsReturnedByReference(member, context.ContainingSymbol) && Ends(property, guard).Any())
        {
            Report(context, property, Foreign);
        }
        else if (Disposals(property, guard).Any(end => IsBehind(property, end)))
        {
            Report(context, property, "it throws ObjectDisposedException");
        }
        else if (ReferenceTo(member) is { } reference)
        {
            IOperation[] ends = [.. Ends(property, guard)];
            if (property.Root().UsesOf(reference).FirstOrDefault(use => ends.Any(end => IsBehind(use, end))) is { } late)
            {
                Report(context, late, Foreign);
            }
        }
    }

    /// <summary>Interlocked and Volatile on the cell that only the holder of the lock sees.</summary>
    private static void AnalyzeCall(OperationAnalysisContext context, SharedApi api)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!AtomicCall.Is(call.TargetMethod) || call.Arguments.Length == 0 || !IsPrivateCell(BeginOf(call.Arguments[0].Value), api))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            SharedCopyRules.AtomicUnderLock, call.Syntax.GetLocation(), call.Arguments[0].Value.Syntax));
    }

    /// <summary>The first link of a chain of members.</summary>
    private static IOperation BeginOf(IOperation member) => member switch
    {
        IFieldReferenceOperation { Instance: { } instance } => BeginOf(instance),
        IInlineArrayAccessOperation element => BeginOf(element.Instance),
        _ => member,
    };

    private static bool IsPrivateCell(IOperation value, SharedApi api) => value switch
    {
        IPropertyReferenceOperation { Property.Name: "Value" } property => api.KindOf(property.Property.ContainingType) == SharedKind.SegmentGuard,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.Ref, Ordinal: 0, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } } parameter
            => parameter.Function() is IAnonymousFunctionOperation function && HeldGuard.UpdateWith(function, api) is not null,
        _ => false,
    };

    private static bool IsGuarded(IPropertyReferenceOperation property, SharedApi api)
        => property.Property.Name is "Value" or "Published" && api.KindOf(property.Property.ContainingType) == SharedKind.SegmentGuard;

    private static bool IsReturnedByReference(IOperation member, ISymbol method)
        => member.Parent is IReturnOperation && member.Function() is null && method is IMethodSymbol { RefKind: not RefKind.None };

    /// <summary>Where the guard is disposed: by a call, or at the end of its <c>using</c>.</summary>
    private static IEnumerable<IOperation> Ends(IOperation use, ILocalSymbol guard)
    {
        foreach (IOperation disposal in Disposals(use, guard))
        {
            yield return disposal;
        }

        foreach (IVariableDeclaratorOperation declarator in use.Root().Descendants().OfType<IVariableDeclaratorOperation>())
        {
            if (SymbolEqualityComparer.Default.Equals(declarator.Symbol, guard) && declarator.GetVariableInitializer() is { Value: { } value } && value.IsUsing()
                && declarator.Around<IOperation>(around => around is IUsingOperation or IBlockOperation) is { } scope)
            {
                yield return scope;
            }
        }
    }

    private static IEnumerable<IOperation> Disposals(IOperation use, ILocalSymbol guard)
        => use.Root().UsesOf(guard)
            .Where(reference => reference.User().IsDisposal(reference))
            .Select(reference => reference.Around<IExpressionStatementOperation>(static _ => true))
            .OfType<IOperation>();

    /// <summary>Whether the code certainly comes after: further down in the block in which the other thing is a statement, in no loop that leads back.</summary>
    private static bool IsBehind(IOperation code, IOperation end)
        => end.Parent is IBlockOperation block
            && code.Syntax.SpanStart >= end.Syntax.Span.End
            && block.Syntax.Span.Contains(code.Syntax.Span)
            && code.Function() == end.Function();

    /// <summary>The ref local that is made to refer to the value.</summary>
    private static ILocalSymbol? ReferenceTo(IOperation member) => member.Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: not RefKind.None } local } } => local,
        ISimpleAssignmentOperation { IsRef: true, Target: ILocalReferenceOperation target } => target.Local,
        _ => null,
    };

    private static void Report(OperationAnalysisContext context, IOperation use, string consequence)
        => context.ReportDiagnostic(Diagnostic.Create(SharedLockRules.GuardOutlived, use.Syntax.GetLocation(), use.Syntax, consequence));
}
