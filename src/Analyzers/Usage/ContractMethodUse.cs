using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage;

/// <summary>Calls through contracts, and methods behind them.</summary>
internal static class ContractMethodUse
{
    /// <summary>Whether the call goes through a contract, also to a method that the contract inherits.</summary>
    internal static bool IsContractCall(this IInvocationOperation call, UsageSymbols symbols)
        => call.TargetMethod.ContainingType is { TypeKind: TypeKind.Interface } declaring
            && (symbols.IsContract(declaring) || symbols.IsContract(call.Instance?.Type));

    /// <summary>Whether the call is one to another process: of a contract's method, or of a method of the runtime that can be awaited.</summary>
    internal static bool IsRemote(this IInvocationOperation call, UsageSymbols symbols)
        => call.IsContractCall(symbols) || (symbols.IsRuntimeObject(call.TargetMethod.ContainingType) && symbols.IsAwaitable(call.Type));

    /// <summary>The methods of contracts that a method of a class implements.</summary>
    internal static IEnumerable<IMethodSymbol> ContractMethods(this IMethodSymbol method, UsageSymbols symbols)
    {
        if (method.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type || method.IsStatic || method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))
        {
            yield break;
        }

        foreach (INamedTypeSymbol contract in type.AllInterfaces.Where(symbols.IsContract))
        {
            foreach (IMethodSymbol candidate in contract.AllInterfaces.Prepend(contract).SelectMany(declaring => declaring.GetMembers()).OfType<IMethodSymbol>())
            {
                if ((candidate.Name == method.Name || method.MethodKind == MethodKind.ExplicitInterfaceImplementation)
                    && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(candidate), method))
                {
                    yield return candidate;
                }
            }
        }
    }
}
