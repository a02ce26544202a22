using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>Methods of <c>Interlocked</c> and <c>Volatile</c>: what is meant for memory that others write too.</summary>
internal static class AtomicCall
{
    internal static bool Is(IMethodSymbol method) => method is
    {
        IsStatic: true,
        ContainingType: { Name: "Interlocked" or "Volatile", ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } },
    };
}
