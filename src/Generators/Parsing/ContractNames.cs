using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// Names of what generated code nests into a contract. They avoid the user's members and the names of parameters, which would
/// hide a nested type inside the proxy's methods.
/// </summary>
internal sealed class ContractNames
{
    // A static class inherits these; a field of that name would hide them.
    private static readonly string[] MembersOfObject =
        ["Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals"];

    internal ContractNames(INamedTypeSymbol declaration, IReadOnlyList<ContractMethod> methods)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { declaration.Name };
        taken.UnionWith(declaration.GetMembers().Where(member => !IsGenerated(member)).Select(member => member.Name));
        taken.UnionWith(methods.Select(method => method.Symbol.Name));
        taken.UnionWith(methods.SelectMany(method => method.Symbol.Parameters).Select(parameter => parameter.Name));
        Nested = new UniqueNames(taken);
        Proxy = Nested.Take("Proxy");
        Methods = Nested.Take("Methods");
        Stubs = Nested.Take("Stubs");
        Identifiers = new UniqueNames([.. MembersOfObject, Methods, Stubs]);
    }

    /// <summary>Names of nested types.</summary>
    internal UniqueNames Nested { get; }

    /// <summary>Names of descriptors and stubs.</summary>
    internal UniqueNames Identifiers { get; }

    internal string Proxy { get; }

    internal string Methods { get; }

    internal string Stubs { get; }

    private static bool IsGenerated(ISymbol member)
        => member.HasAttribute("System.CodeDom.Compiler.GeneratedCodeAttribute");
}
