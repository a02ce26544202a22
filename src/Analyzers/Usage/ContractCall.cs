using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Analyzers.Usage;

/// <summary>
/// A call that the compiler refused because the type argument, written or inferred, is not the contract that the method's
/// constraint asks for. Analyzer and code fix find it by the same steps.
/// </summary>
internal readonly struct ContractCall
{
    internal const string ConstraintName = "Contracts.Ipc.IIpcContract`1";

    private ContractCall(IMethodSymbol method, int index)
    {
        Method = method;
        Index = index;
    }

    /// <summary>The method, constructed with the wrong type.</summary>
    internal IMethodSymbol Method { get; }

    /// <summary>Which of the method's type arguments is meant.</summary>
    internal int Index { get; }

    /// <summary>What stands, or was inferred, in the place of the contract.</summary>
    internal ITypeSymbol Argument => Method.TypeArguments[Index];

    internal static ContractCall? TryFind(
        SemanticModel model, InvocationExpressionSyntax invocation, INamedTypeSymbol constraint, CancellationToken cancellationToken)
    {
        SymbolInfo info = model.GetSymbolInfo(invocation, cancellationToken);
        foreach (ISymbol candidate in info.CandidateSymbols)
        {
            if (candidate is not IMethodSymbol { IsGenericMethod: true } method)
            {
                continue;
            }

            for (int i = 0; i < method.TypeParameters.Length; i++)
            {
                ITypeSymbol argument = method.TypeArguments[i];

                // Candidates whose type arguments could not be inferred still carry their own type parameters.
                if (argument.TypeKind != TypeKind.Error
                    && !SymbolEqualityComparer.Default.Equals(argument, method.TypeParameters[i])
                    && AsksForContract(method.TypeParameters[i], constraint)
                    && !IsContractOfItself(argument, constraint))
                {
                    return new ContractCall(method, i);
                }
            }
        }

        return null;
    }

    /// <summary>The method's name as written: <c>AddService</c> or <c>AddService&lt;Calculator&gt;</c>.</summary>
    internal static SimpleNameSyntax? NameOf(InvocationExpressionSyntax invocation) => invocation.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    private static bool AsksForContract(ITypeParameterSymbol parameter, INamedTypeSymbol constraint)
    {
        foreach (ITypeSymbol type in parameter.OriginalDefinition.ConstraintTypes)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, constraint))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsContractOfItself(ITypeSymbol argument, INamedTypeSymbol constraint)
    {
        foreach (INamedTypeSymbol implemented in argument.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, constraint)
                && SymbolEqualityComparer.Default.Equals(implemented.TypeArguments[0], argument))
            {
                return true;
            }
        }

        return argument is ITypeParameterSymbol parameter && AsksForContract(parameter, constraint);
    }
}
