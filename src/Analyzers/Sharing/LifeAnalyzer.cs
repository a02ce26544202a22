using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Follows a shared object through the method that opens it: never disposed (IPC4111), used afterwards (IPC4112), or written although it was opened for reading (IPC4113).
/// </summary>
/// <remarks>An object that leaves the method, in a field, a collection, a closure or an argument, has another owner, and nothing is said.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LifeAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [SharedLifeRules.NotDisposed, SharedLifeRules.UsedAfterDispose, SharedLifeRules.WrittenReadOnly];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
        => context.RegisterOperationAction(operation => Analyze(operation, api), OperationKind.Invocation);

    /// <summary>The methods that make an object of the library from a name.</summary>
    internal static bool IsOpening(IMethodSymbol method, SharedApi api)
        => method.IsStatic
            && method.Name is "Open" or "Create" or "OpenOrCreate" or "OpenReadOnly" or "CreateForSignals" or "OpenOrCreateForSignals"
            && api.IsNamedObject(method.ContainingType);

    private static void Analyze(OperationAnalysisContext context, SharedApi api)
    {
        var call = (IInvocationOperation)context.Operation;
        if (IsOpening(call.TargetMethod, api))
        {
            AnalyzeOpening(context, call);
        }
        else if (call.TargetMethod.Name == "Dispose" && api.IsNamedObject(call.TargetMethod.ContainingType))
        {
            AnalyzeDisposal(context, call);
        }
    }

    private static void AnalyzeOpening(OperationAnalysisContext context, IInvocationOperation opening)
    {
        bool isLost = opening.User() switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            IInvocationOperation { TargetMethod.Name: not "Dispose" } member => member.Instance?.Unwrapped() == opening,
            IPropertyReferenceOperation property => property.Instance?.Unwrapped() == opening,
            _ => false,
        };
        if (opening.DeclaredLocal() is { } local)
        {
            ILocalReferenceOperation[] uses = [.. opening.Root().UsesOf(local)];
            isLost = !opening.IsUsing() && uses.All(use => IsMemberUse(use) && use.Function() == opening.Function());
            if (opening.TargetMethod.Name == "OpenReadOnly")
            {
                AnalyzeReadOnly(context, opening, local, uses);
            }
        }

        if (isLost)
        {
            context.ReportDiagnostic(Diagnostic.Create(SharedLifeRules.NotDisposed, NameOf(opening), opening.TargetMethod.Name));
        }
    }

    private static void AnalyzeReadOnly(OperationAnalysisContext context, IInvocationOperation opening, ILocalSymbol local, ILocalReferenceOperation[] uses)
    {
        foreach (ILocalReferenceOperation use in uses)
        {
            if (use.Function() == opening.Function()
                && use.User() is IInvocationOperation { TargetMethod.Name: "Write" or "Update" or "Lock" or "TryLock" } write
                && write.Instance?.Unwrapped() == use)
            {
                context.ReportDiagnostic(Diagnostic.Create(SharedLifeRules.WrittenReadOnly, NameOf(write), local.Name, write.TargetMethod.Name));
            }
        }
    }

    private static void AnalyzeDisposal(OperationAnalysisContext context, IInvocationOperation disposal)
    {
        if (disposal.Parent is not IExpressionStatementOperation { Parent: IBlockOperation block } statement
            || disposal.Instance?.Unwrapped() is not ILocalReferenceOperation { Local: { } local })
        {
            return;
        }

        foreach (IOperation after in block.Operations.SkipWhile(operation => operation != statement).Skip(1))
        {
            foreach (ILocalReferenceOperation use in after.DescendantsAndSelf().OfType<ILocalReferenceOperation>())
            {
                if (!SymbolEqualityComparer.Default.Equals(use.Local, local) || use.Function() != disposal.Function())
                {
                    continue;
                }

                if (FailingMember(use) is { } member)
                {
                    context.ReportDiagnostic(Diagnostic.Create(SharedLifeRules.UsedAfterDispose, use.Syntax.GetLocation(), local.Name, member));
                }

                // One is enough; and from an assignment on it is another object.
                return;
            }
        }
    }

    /// <summary>The member that fails when its object is disposed. What was decided at opening can still be asked.</summary>
    private static string? FailingMember(ILocalReferenceOperation use) => use.User() switch
    {
        IInvocationOperation { TargetMethod.Name: not "Dispose" } call when call.Instance?.Unwrapped() == use => call.TargetMethod.Name,
        IPropertyReferenceOperation { Property.Name: "Version" or "AbandonedCount" or "Count" or "CurrentCount" or "IsSet" or "DroppedCount" } property => property.Property.Name,
        _ => null,
    };

    /// <summary>Whether the object is only asked or told something here, and not disposed.</summary>
    private static bool IsMemberUse(ILocalReferenceOperation use) => use.User() switch
    {
        IInvocationOperation call => call.Instance?.Unwrapped() == use && call.TargetMethod.Name != "Dispose",
        IPropertyReferenceOperation property => property.Instance?.Unwrapped() == use,
        _ => false,
    };
}
