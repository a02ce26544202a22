using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>A method of a contract and the declarations of it in other inherited interfaces.</summary>
internal sealed class ContractMethod(IMethodSymbol symbol, string wireName)
{
    internal IMethodSymbol Symbol { get; } = symbol;

    internal string WireName { get; } = wireName;

    /// <summary>Whether another method of the contract has the same name and parameters, under another wire name.</summary>
    internal bool IsAmbiguous { get; set; }

    /// <summary>Every interface that declares this very signature; the first is the one to call through.</summary>
    internal List<INamedTypeSymbol> DeclaringTypes { get; } = [symbol.ContainingType];
}

/// <summary>Gathers the methods of a contract: its own in their order, then those of the interfaces that it inherits.</summary>
internal sealed class ContractMethods(INamedTypeSymbol contract, string contractName, KnownSymbols symbols, ProblemList problems)
{
    private const string GeneratedInterface = "Contracts.Ipc.IIpcContract`1";

    private readonly List<ContractMethod> _methods = [];
    private readonly Dictionary<string, ContractMethod> _byWireName = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, string> _byId = [];

    /// <summary>Inherited interfaces that are contracts of their own.</summary>
    internal List<INamedTypeSymbol> Bases { get; } = [];

    internal bool IsDisposable { get; private set; }

    internal bool IsAsyncDisposable { get; private set; }

    internal IReadOnlyList<ContractMethod> Collect()
    {
        AddMembers(contract);
        foreach (INamedTypeSymbol inherited in contract.AllInterfaces)
        {
            switch (TypeNames.Metadata(inherited.OriginalDefinition))
            {
                // The generated half of a contract, seen when the analyzers look at the finished compilation.
                case GeneratedInterface:
                    break;
                case "System.IDisposable":
                    IsDisposable = true;
                    break;
                case "System.IAsyncDisposable":
                    IsAsyncDisposable = true;
                    break;
                default:
                    if (IsContract(inherited))
                    {
                        Bases.Add(inherited);
                    }

                    AddMembers(inherited);
                    break;
            }
        }

        return _methods;
    }

    /// <summary>Whether the generated half of an inherited contract exists, or will: that of this compilation cannot be seen yet.</summary>
    private bool IsContract(INamedTypeSymbol inherited)
        => inherited.HasAttribute(AttributeNames.Service)
            && (SymbolEqualityComparer.Default.Equals(inherited.ContainingAssembly, symbols.Compilation.Assembly)
                ? ContractShape.CanExtend(inherited, symbols)
                : inherited.Interfaces.Any(implemented => TypeNames.Metadata(implemented.OriginalDefinition) == GeneratedInterface));

    private void AddMembers(INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            switch (member)
            {
                case IMethodSymbol { MethodKind: MethodKind.Ordinary, IsAbstract: true, IsStatic: false } method:
                    AddMethod(method);
                    break;

                // A method with a body runs where it is called, on top of the others; to call it remotely is a wish to be stated.
                case IMethodSymbol { MethodKind: MethodKind.Ordinary, IsVirtual: true, IsStatic: false } method when method.HasAttribute(AttributeNames.Method):
                    AddMethod(method);
                    break;
                case { IsStatic: true, IsAbstract: true }:
                    AddUnsupported(member, "static abstract member");
                    break;
                case IPropertySymbol { IsAbstract: true } property:
                    AddUnsupported(member, property.IsIndexer ? "indexer" : "property");
                    break;
                case IEventSymbol { IsAbstract: true }:
                    AddUnsupported(member, "event");
                    break;
            }
        }
    }

    private void AddUnsupported(ISymbol member, string kind)
    {
        // Accessors are members too; their property has been named.
        if (member is not IMethodSymbol { AssociatedSymbol: not null })
        {
            problems.Add(ProblemKind.MemberKindUnsupported, member, member.Name, kind);
        }
    }

    private void AddMethod(IMethodSymbol method)
    {
        string name = method.FindAttribute(AttributeNames.Method).Named<string>("Name") ?? method.Name;
        if (name.Trim().Length == 0 || name.Contains('/'))
        {
            problems.Add(ProblemKind.MethodNameInvalid, method, method.Name, name);
            return;
        }

        if (_byWireName.TryGetValue(name, out ContractMethod? other))
        {
            Merge(other, method, name);
            return;
        }

        string fullName = contractName + "/" + name;
        ulong id = Fnv1a.Hash(fullName);
        if (_byId.TryGetValue(id, out string? collision))
        {
            problems.Add(ProblemKind.MethodIdCollision, method, fullName, collision);
            return;
        }

        _byId.Add(id, fullName);
        var added = new ContractMethod(method, name);
        foreach (ContractMethod twin in _methods.Where(twin => Parameters(twin.Symbol) == Parameters(method)))
        {
            twin.IsAmbiguous = true;
            added.IsAmbiguous = true;
        }

        _byWireName.Add(name, added);
        _methods.Add(added);
    }

    private void Merge(ContractMethod other, IMethodSymbol method, string name)
    {
        if (SymbolEqualityComparer.Default.Equals(other.Symbol.ContainingType, method.ContainingType))
        {
            problems.Add(ProblemKind.WireNameRepeated, method, method.Name, name, Describe(other.Symbol));
        }
        else if (Describe(other.Symbol) == Describe(method))
        {
            other.DeclaringTypes.Add(method.ContainingType);
        }
        else
        {
            problems.Add(
                ProblemKind.InheritedSignatureConflict,
                contract,
                name,
                $"{TypeNames.Display(other.Symbol.ContainingType)}: {Describe(other.Symbol)}",
                $"{TypeNames.Display(method.ContainingType)}: {Describe(method)}");
        }
    }

    private static string Describe(IMethodSymbol method) => $"{TypeNames.Wire(method.ReturnType)} {Parameters(method)}";

    private static string Parameters(IMethodSymbol method)
        => $"{method.Name}({string.Join(", ", method.Parameters.Select(parameter => TypeNames.Wire(parameter.Type)))})";
}
