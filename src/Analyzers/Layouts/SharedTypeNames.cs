using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Layouts;

/// <summary>
/// The names of generic types and methods that ask for a shared struct. A name tells cheaply that there is nothing to look at: asking the compiler what every
/// generic name of a project means would cost more than all other rules together.
/// </summary>
internal sealed class SharedTypeNames(INamedTypeSymbol constraint, Compilation compilation)
{
    // Collected when the first generic name is seen; several threads may see it at once.
    private readonly Lazy<HashSet<string>> _names = new(() => Collect(constraint, compilation));

    internal bool Contains(string name) => _names.Value.Contains(name);

    private static HashSet<string> Collect(INamedTypeSymbol constraint, Compilation compilation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Add(constraint.ContainingNamespace, constraint, names);
        Add(compilation.Assembly.GlobalNamespace, constraint, names);

        // Whoever asks for the library's constraint references the library.
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == constraint.ContainingAssembly.Name)))
            {
                Add(assembly.GlobalNamespace, constraint, names);
            }
        }

        return names;
    }

    private static void Add(INamespaceOrTypeSymbol container, INamedTypeSymbol constraint, HashSet<string> names)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            switch (member)
            {
                case IMethodSymbol { Arity: > 0 } method when method.TypeParameters.Any(parameter => SharedTypeArgument.Asks(parameter, constraint)):
                    names.Add(method.Name);
                    break;
                case INamedTypeSymbol type:
                    if (type.TypeParameters.Any(parameter => SharedTypeArgument.Asks(parameter, constraint)))
                    {
                        names.Add(type.Name);
                    }

                    Add(type, constraint, names);
                    break;
                case INamespaceSymbol space:
                    Add(space, constraint, names);
                    break;
            }
        }
    }
}
