using Contracts.Ipc.Cli.Dynamic.Syntax;

namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>Where a name stands: its namespace, and what the type parameters there stand for.</summary>
internal sealed class TypeScope
{
    private readonly Dictionary<string, (TypeNode Type, TypeScope Scope, bool IsValue)> _arguments = new(StringComparer.Ordinal);

    private TypeScope(string space) => Namespace = space;

    /// <summary>Inside a declared type.</summary>
    /// <param name="declared">The type.</param>
    /// <param name="name">How it was named, with its arguments.</param>
    /// <param name="outside">Where it was named.</param>
    internal TypeScope(TypeDeclaration declared, NamedTypeNode name, TypeScope outside)
    {
        Namespace = declared.Namespace;
        foreach ((string parameter, TypeNode argument) in declared.Parameters.Zip(name.Arguments))
        {
            _arguments[parameter] = (argument, outside, declared.ValueParameters.Contains(parameter));
        }
    }

    internal static TypeScope Global { get; } = new("");

    internal string Namespace { get; }

    internal static TypeScope Of(string space) => new(space);

    /// <summary>What a type parameter of this name stands for, or null.</summary>
    internal (TypeNode Type, TypeScope Scope, bool IsValue)? Find(NamedTypeNode name)
        => name.Parts is [{ Arguments.Count: 0 } only] && _arguments.TryGetValue(only.Name, out (TypeNode Type, TypeScope Scope, bool IsValue) argument) ? argument : null;
}
