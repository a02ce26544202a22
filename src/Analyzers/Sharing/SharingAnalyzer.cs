using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// What the rules about shared memory have in common. Each begins with an operation that belongs to the library, or with a name that is rare, and only
/// then looks around it: code that shares nothing pays for a comparison.
/// </summary>
/// <remarks>They follow no value through several methods. What they cannot see they take to be meant.</remarks>
public abstract class SharingAnalyzer : RuleAnalyzer
{
    private protected SharingAnalyzer()
    {
    }

    private protected sealed override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (SharedApi.TryCreate(context.Compilation) is { } api)
        {
            Register(context, api);
        }
    }

    private protected abstract void Register(CompilationStartAnalysisContext context, SharedApi api);

    /// <summary>The name of the method in a call: where the squiggle belongs if the call itself is wrong.</summary>
    private protected static Location NameOf(IInvocationOperation call) => call.Syntax is InvocationExpressionSyntax invocation
        ? invocation.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.GetLocation(),
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.GetLocation(),
            ExpressionSyntax other => other.GetLocation(),
        }
        : call.Syntax.GetLocation();
}
