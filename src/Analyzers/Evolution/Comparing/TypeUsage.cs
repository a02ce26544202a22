using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>In which direction a type travels.</summary>
[Flags]
internal enum Usage
{
    None = 0,

    /// <summary>Clients write it, servers read it.</summary>
    Request = 1,

    /// <summary>Servers write it, clients read it.</summary>
    Response = 2,
}

/// <summary>Finds out in which direction each message, union and enum of a set of facts travels, from the methods that reach it.</summary>
internal sealed class TypeUsage
{
    private readonly Dictionary<string, Usage> _usage = new(StringComparer.Ordinal);
    private readonly ContractFactSet _facts;

    internal TypeUsage(ContractFactSet facts)
    {
        _facts = facts;
        foreach (ContractFact method in facts.Of(FactKind.Method))
        {
            string owner = $"{method.Owner}/{FactSyntax.Unquote(method.Key)}";
            Visit(method, "returns", Usage.Response);
            foreach (ContractFact parameter in facts.Of(FactKind.Parameter, owner))
            {
                Visit(parameter, "type", Usage.Request);
            }

            foreach (ContractFact fault in facts.Of(FactKind.Fault, owner))
            {
                Visit(TypeNode.Parse(FactSyntax.Unquote(fault.Key)), Usage.Response);
            }
        }
    }

    internal Usage Of(string type) => _usage.TryGetValue(type, out Usage usage) ? usage : Usage.None;

    private void Visit(ContractFact fact, string name, Usage usage)
    {
        if (fact[name] is { } declared)
        {
            // Messages travel under their names, enums as numbers: the one is found in what travels, the other in what is declared.
            Visit(TypeNode.Parse(FactTypes.WireOf(fact, name)), usage);
            Visit(TypeNode.Parse(declared), usage);
        }
    }

    private void Visit(TypeNode type, Usage usage)
    {
        foreach (TypeNode argument in type.Arguments)
        {
            Visit(argument, usage);
        }

        string name = (type with { IsNullable = false }).ToString();
        Usage known = Of(name);
        if ((known | usage) == known || !IsKnown(name))
        {
            return;
        }

        _usage[name] = known | usage;
        foreach (ContractFact member in _facts.Of(FactKind.Member, name))
        {
            Visit(member, "type", usage);
        }

        foreach (ContractFact item in _facts.Of(FactKind.Case, name))
        {
            Visit(item, "type", usage);
        }
    }

    private bool IsKnown(string name)
        => _facts.Find(FactKind.Message, name) is not null || _facts.Find(FactKind.Union, name) is not null || _facts.Find(FactKind.Enum, name) is not null;
}
