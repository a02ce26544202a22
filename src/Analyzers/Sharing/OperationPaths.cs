using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>Steps from an operation to those around it.</summary>
internal static class OperationPaths
{
    /// <summary>The body in which the operation stands.</summary>
    internal static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    internal static IOperation Unwrapped(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The operation that takes the value of this one, past conversions and parentheses.</summary>
    internal static IOperation? User(this IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
        {
            parent = parent.Parent;
        }

        return parent;
    }

    /// <summary>The variable behind an expression, if naming it twice means the same object twice: a local, a parameter, a field of this object or a static one.</summary>
    internal static ISymbol? Variable(this IOperation? operation) => operation?.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        _ => null,
    };

    internal static bool IsSame(this ISymbol? variable, ISymbol? other) => variable is not null && SymbolEqualityComparer.Default.Equals(variable, other);

    /// <summary>The local that is declared with this value.</summary>
    internal static ILocalSymbol? DeclaredLocal(this IOperation value)
        => value.User() is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator.Symbol : null;

    /// <summary>The local that a call declares or sets through an out argument.</summary>
    internal static ILocalSymbol? OutLocal(this IArgumentOperation argument) => argument.Value switch
    {
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared.Local,
        ILocalReferenceOperation local => local.Local,
        _ => null,
    };

    /// <summary>All places in the body that name a local, its declaration aside.</summary>
    internal static IEnumerable<ILocalReferenceOperation> UsesOf(this IOperation root, ILocalSymbol local)
        => root.Descendants().OfType<ILocalReferenceOperation>()
            .Where(use => !use.IsDeclaration && use.Parent is not IDeclarationExpressionOperation && SymbolEqualityComparer.Default.Equals(use.Local, local));

    /// <summary>The innermost function around it: code of another one runs at another time.</summary>
    internal static IOperation? Function(this IOperation operation) => operation.Around(static around => around is IAnonymousFunctionOperation or ILocalFunctionOperation);

    internal static IOperation? Loop(this IOperation operation)
        => operation.Around(static around => around is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation) as ILoopOperation;

    /// <summary>Whether what is declared here is disposed at the end of its block.</summary>
    internal static bool IsUsing(this IOperation declaredValue)
        => declaredValue.Around(static around => around is IUsingDeclarationOperation or IUsingOperation or IBlockOperation or IAnonymousFunctionOperation) switch
        {
            IUsingDeclarationOperation => true,
            IUsingOperation { Resources: { } resources } => resources.Syntax.Span.Contains(declaredValue.Syntax.Span),
            _ => false,
        };

    /// <summary>A call of <c>Dispose</c> on this value.</summary>
    internal static bool IsDisposal(this IOperation? operation, IOperation receiver)
        => operation is IInvocationOperation { TargetMethod.Name: "Dispose", Instance: { } instance } && instance.Unwrapped() == receiver;

    /// <summary>The innermost operation around it of this kind that is meant.</summary>
    internal static T? Around<T>(this IOperation operation, Func<T, bool> isIt)
        where T : class, IOperation
        => operation.Around(around => around is T candidate && isIt(candidate)) as T;

    private static IOperation? Around(this IOperation operation, Func<IOperation, bool> isIt)
    {
        IOperation? around = operation.Parent;
        while (around is not null && !isIt(around))
        {
            around = around.Parent;
        }

        return around;
    }
}
