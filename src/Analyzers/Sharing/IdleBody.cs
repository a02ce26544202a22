using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>The body of a loop that does nothing but let time pass.</summary>
internal enum IdleBody
{
    /// <summary>It does nothing at all.</summary>
    Empty,

    /// <summary>It sleeps.</summary>
    Sleep,

    /// <summary>It spins on purpose.</summary>
    Spin,
}

/// <summary>Recognises idle bodies.</summary>
internal static class IdleBodies
{
    extension(IdleBody)
    {
        /// <summary>How the body passes the time; null if it does anything else.</summary>
        internal static IdleBody? Of(IOperation body)
        {
            IdleBody? kind = IdleBody.Empty;
            foreach (IOperation statement in body is IBlockOperation block ? block.Operations : [body])
            {
                kind = statement switch
                {
                    IEmptyOperation => kind,
                    IExpressionStatementOperation { Operation: { } expression } => OfCall(expression is IAwaitOperation awaited ? awaited.Operation : expression),
                    _ => null,
                };
                if (kind is null)
                {
                    return null;
                }
            }

            return kind;
        }
    }

    private static IdleBody? OfCall(IOperation expression)
        => expression is not IInvocationOperation call ? null : (call.TargetMethod.ContainingType.Name, call.TargetMethod.Name) switch
        {
            ("Thread", "Sleep" or "Yield") or ("Task", "Delay" or "Yield") => IdleBody.Sleep,
            ("SpinWait", "SpinOnce") or ("Thread", "SpinWait") => IdleBody.Spin,
            ("Task", "ConfigureAwait" or "Wait") => call.Instance is { } task ? OfCall(task) : null,
            _ => null,
        };
}
