using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage;

/// <summary>
/// Where an operation stands and where a value comes from, as far as one method shows it. Whatever takes more than a look at the tree is answered so that rules stay silent.
/// </summary>
internal static class Flow
{
    /// <summary>The outermost operation: the whole body.</summary>
    internal static IOperation Body(this IOperation operation)
    {
        IOperation body = operation;
        while (body.Parent is { } parent)
        {
            body = parent;
        }

        return body;
    }

    /// <summary>The lambda or local function around an operation; else the body.</summary>
    internal static IOperation Function(this IOperation operation)
    {
        IOperation found = operation;
        for (IOperation? parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            found = parent;
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return parent;
            }
        }

        return found;
    }

    /// <summary>The method, lambda or local function that executes an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="containing">The member in which it stands.</param>
    internal static IMethodSymbol? Executor(this IOperation operation, ISymbol containing) => operation.Function() switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        ILocalFunctionOperation local => local.Symbol,
        _ => containing as IMethodSymbol,
    };

    /// <summary>The statement of the innermost block around an operation that contains it, and that block.</summary>
    internal static (IBlockOperation Block, IOperation Statement)? Place(this IOperation operation)
    {
        for (IOperation current = operation; current.Parent is { } parent; current = parent)
        {
            if (parent is IBlockOperation block)
            {
                return (block, current);
            }

            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether the second is executed after the first whenever the first was: they stand in one list of statements, the first at its top level.</summary>
    internal static bool IsBefore(this IOperation first, IOperation second)
    {
        if (first.Place() is not { } place || !IsUnconditional(first, place.Statement))
        {
            return false;
        }

        for (IOperation current = second; current.Parent is { } parent; current = parent)
        {
            if (parent == place.Block)
            {
                return current.Syntax.SpanStart > place.Statement.Syntax.SpanStart;
            }

            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Whether nothing on the way from a statement down to an operation decides about it.</summary>
    private static bool IsUnconditional(IOperation operation, IOperation statement)
    {
        for (IOperation current = operation; current != statement; current = current.Parent!)
        {
            if (current.Parent is IConditionalOperation or ILoopOperation or ISwitchOperation or ISwitchExpressionOperation or ITryOperation or ICoalesceOperation
                or IConditionalAccessOperation or ILockOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Every place where the body around an operation names a local.</summary>
    internal static IEnumerable<ILocalReferenceOperation> ReferencesTo(this IOperation operation, ILocalSymbol local)
        => operation.Body().Descendants().OfType<ILocalReferenceOperation>().Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local));

    /// <summary>The value without conversions that change nothing.</summary>
    internal static IOperation? Bare(this IOperation? value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion)
        {
            value = conversion.Operand;
        }

        return value;
    }

    /// <summary>What is computed: a local that is set once, where it is declared, stands for its initializer.</summary>
    internal static IOperation? Origin(this IOperation? value)
    {
        IOperation? origin = value.Bare();
        for (int steps = 0; steps < 8 && origin is ILocalReferenceOperation { IsDeclaration: false } reference; steps++)
        {
            if (Initializer(reference) is not { } initializer)
            {
                return origin;
            }

            origin = initializer.Bare();
        }

        return origin;
    }

    /// <summary>The value behind <c>await</c>, <c>ConfigureAwait</c> and <c>AsTask</c>.</summary>
    internal static IOperation? Awaited(this IOperation? value)
    {
        IOperation? inner = value.Bare();
        while (true)
        {
            switch (inner)
            {
                case IAwaitOperation awaited:
                    inner = awaited.Operation.Bare();
                    break;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask", Instance: { } instance }:
                    inner = instance.Bare();
                    break;
                default:
                    return inner;
            }
        }
    }

    /// <summary>What uses the result of an operation: the operation above <c>await</c>, <c>ConfigureAwait</c>, <c>AsTask</c> and conversions.</summary>
    internal static IOperation User(this IOperation operation)
    {
        IOperation current = operation;
        while (current.Parent is IAwaitOperation or IConversionOperation or IParenthesizedOperation
            or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" })
        {
            current = current.Parent;
        }

        return current;
    }

    /// <summary>Whether somebody waits for the error: in a <c>try</c> with a <c>catch</c>, or in a lambda for a method that is told the type of an exception, as <c>Assert.Throws&lt;IpcException&gt;</c>.</summary>
    internal static bool IsExpectedToFail(this IOperation operation)
    {
        for (IOperation current = operation; current.Parent is { } parent; current = parent)
        {
            if (parent is ITryOperation { Catches.Length: > 0 } attempt && attempt.Body == current)
            {
                return true;
            }

            if (parent is IInvocationOperation { TargetMethod.TypeArguments: { Length: > 0 } arguments } && current is IArgumentOperation && arguments.Any(IsException))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsException(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: nameof(Exception), ContainingNamespace: { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }

    private static IOperation? Initializer(ILocalReferenceOperation reference)
    {
        IOperation? initializer = null;
        foreach (IOperation operation in reference.Body().Descendants())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local))
            {
                initializer = (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value;
            }
            else if (operation is ILocalReferenceOperation other && SymbolEqualityComparer.Default.Equals(other.Local, reference.Local) && IsWritten(other))
            {
                return null;
            }
        }

        return initializer;
    }

    internal static bool IsWritten(this ILocalReferenceOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        ITupleOperation => true,
        _ => false,
    };
}
