using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Calls;

/// <summary>Finds the second await of a ValueTask that a call returned: IPC4007.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RepeatedAwaitAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CallRules.AwaitedTwice];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.VariableDeclarator);
    }

    private static void Analyze(OperationAnalysisContext context, UsageSymbols symbols)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        if (!symbols.IsValueTask(declarator.Symbol.Type)
            || declarator.Initializer?.Value.Bare() is not IInvocationOperation call
            || !call.IsContractCall(symbols))
        {
            return;
        }

        ILocalReferenceOperation[] references = [.. declarator.ReferencesTo(declarator.Symbol)];
        if (references.Any(Flow.IsWritten))
        {
            return;
        }

        ILocalReferenceOperation[] takers = [.. references.Where(IsTaken).OrderBy(reference => reference.Syntax.SpanStart)];
        if (takers.FirstOrDefault(taker => IsInLoopBehind(declarator, taker) || takers.Any(earlier => earlier != taker && IsAfter(taker, earlier))) is { } again)
        {
            context.ReportDiagnostic(Diagnostic.Create(CallRules.AwaitedTwice, again.Syntax.GetLocation(), declarator.Symbol.Name, call.TargetMethod.Name));
        }
    }

    private static bool IsTaken(ILocalReferenceOperation reference)
        => reference.Parent is IAwaitOperation
            or IInvocationOperation { TargetMethod.Name: "AsTask" or "ConfigureAwait" or "GetAwaiter" or "Preserve" }
            or IPropertyReferenceOperation { Property.Name: "Result" };

    private static bool IsAfter(ILocalReferenceOperation taker, ILocalReferenceOperation earlier)
        => earlier.Syntax.SpanStart < taker.Syntax.SpanStart && (earlier.IsBefore(taker) || IsInOneStatement(earlier, taker));

    /// <summary>As in <c>WhenAll(t.AsTask(), t.AsTask())</c>: nothing chooses between the two.</summary>
    private static bool IsInOneStatement(IOperation first, IOperation second)
    {
        for (IOperation? current = first; current is not null and not IBlockOperation; current = current.Parent)
        {
            if (current is IConditionalOperation or ISwitchExpressionOperation or ICoalesceOperation or IAnonymousFunctionOperation or ILoopOperation or ITryOperation or ISwitchOperation
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr })
            {
                return false;
            }

            if (current.Syntax.Span.Contains(second.Syntax.Span))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInLoopBehind(IVariableDeclaratorOperation declarator, IOperation taker)
    {
        for (IOperation? current = taker.Parent; current is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; current = current.Parent)
        {
            if (current is ILoopOperation loop)
            {
                // An await that leaves the loop at once is one.
                return !loop.Syntax.Span.Contains(declarator.Syntax.Span) && !loop.Descendants().Any(inner => inner is IBranchOperation { BranchKind: BranchKind.Break } or IReturnOperation or IThrowOperation)
                    && (loop as IForEachLoopOperation)?.Collection.Syntax.Span.Contains(taker.Syntax.Span) != true;
            }
        }

        return false;
    }
}
