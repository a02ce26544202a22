using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Calls;

/// <summary>The smallest piece of source that a message about a call points at.</summary>
internal static class CallSyntax
{
    internal static Location NameOf(IInvocationOperation call)
        => call.Syntax is InvocationExpressionSyntax invocation && ContractCall.NameOf(invocation) is { } name ? name.GetLocation() : call.Syntax.GetLocation();

    internal static Location NameOf(IPropertyReferenceOperation property)
        => property.Syntax is MemberAccessExpressionSyntax access ? access.Name.GetLocation() : property.Syntax.GetLocation();
}
