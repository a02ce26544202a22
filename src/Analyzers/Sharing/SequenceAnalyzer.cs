using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Looks at two operations on one segment that follow each other: what belongs together is read (IPC4122) or published (IPC4123) in two steps.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SequenceAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [SharedCopyRules.TwoReads, SharedCopyRules.TwoUpdates];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
        => context.RegisterOperationAction(operation => Analyze(operation, api), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, SharedApi api)
    {
        var call = (IInvocationOperation)context.Operation;
        switch (api.KindOf(call.TargetMethod.ContainingType), call.TargetMethod.Name)
        {
            case (SharedKind.Segment, "Read") when IsMemberOfRead(call) && EarlierRead(call, api):
                context.ReportDiagnostic(Diagnostic.Create(SharedCopyRules.TwoReads, NameOf(call), call.Syntax));
                break;

            case (SharedKind.Segment, "Update") when Before(call) is { TargetMethod.Name: "Update" } before && IsOnSame(call, before):
                context.ReportDiagnostic(Diagnostic.Create(SharedCopyRules.TwoUpdates, NameOf(call), "Update"));
                break;
        }
    }

    /// <summary>The call that is the whole statement before this one.</summary>
    private static IInvocationOperation? Before(IInvocationOperation call)
        => call.Parent is IExpressionStatementOperation statement && Previous(statement) is IExpressionStatementOperation { Operation: IInvocationOperation before } ? before : null;

    private static IOperation? Previous(IOperation statement)
        => statement.Parent is IBlockOperation block && block.Operations.IndexOf(statement) is > 0 and var i ? block.Operations[i - 1] : null;

    private static bool IsOnSame(IInvocationOperation call, IInvocationOperation other)
        => call.Instance.Variable() is { } variable
            && variable.IsSame(other.Instance.Variable())
            && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, other.TargetMethod.ContainingType);

    /// <summary><c>segment.Read().Member</c>: all of it is read, and the rest of it thrown away.</summary>
    private static bool IsMemberOfRead(IInvocationOperation read)
        => read.Arguments.IsEmpty && CopyUse.MemberOf(read) is { } member && member != read && member.Parent is not IMemberReferenceOperation;

    /// <summary>Whether the same statement, or the one before it, reads another member of the same segment.</summary>
    private static bool EarlierRead(IInvocationOperation read, SharedApi api)
    {
        if (Statement(read) is not { } statement)
        {
            return false;
        }

        string member = CopyUse.MemberOf(read).Syntax.ToString();
        return new[] { Keeps(statement) && Previous(statement) is { } previous && Keeps(previous) ? previous : null, statement }
            .Where(candidate => candidate is not null)
            .SelectMany(candidate => candidate!.Descendants().OfType<IInvocationOperation>())
            .Any(other => other.Syntax.SpanStart < read.Syntax.SpanStart
                && other.TargetMethod.Name == "Read"
                && api.KindOf(other.TargetMethod.ContainingType) == SharedKind.Segment
                && IsMemberOfRead(other)
                && IsOnSame(read, other)
                && other.Function() == read.Function()
                && CopyUse.MemberOf(other).Syntax.ToString() != member);
    }

    private static IOperation? Statement(IOperation operation)
    {
        IOperation? statement = operation;
        while (statement is not null && statement.Parent is not IBlockOperation)
        {
            statement = statement is IAnonymousFunctionOperation ? null : statement.Parent;
        }

        return statement is not null && IsSimple(statement) ? statement : null;
    }

    /// <summary>Whether a statement puts what it reads into variables, from which it will be used together.</summary>
    private static bool Keeps(IOperation statement)
        => IsSimple(statement) && statement is IVariableDeclarationGroupOperation or IExpressionStatementOperation { Operation: IAssignmentOperation };

    /// <summary>A statement without statements inside, in which nothing waits.</summary>
    private static bool IsSimple(IOperation statement)
        => statement is IExpressionStatementOperation or IVariableDeclarationGroupOperation or IReturnOperation
            && !statement.Descendants().Any(inner => inner is IAwaitOperation);
}
