using System.Globalization;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Evolution;

/// <summary>
/// Writes down what the parser finds out about one contract, at the places where it finds it out, so that a baseline cannot say anything else than what the
/// generated code does.
/// </summary>
internal sealed class FactRecorder(KnownSymbols symbols, CancellationToken cancellationToken)
{
    private readonly List<RecordedFact> _facts = [];
    private string _contract = "";

    internal IReadOnlyList<RecordedFact> Facts => _facts;

    /// <summary>Comes first: the others name it.</summary>
    internal void AddContract(string wireName, INamedTypeSymbol contract, INamedTypeSymbol declaration, bool signals)
    {
        _contract = wireName;
        string source = TypeNames.Wire(contract);
        Add(new ContractFact(FactKind.Contract, wireName, "", [.. Text("source", source == wireName ? null : source), .. Flag("signals", signals)]), declaration);
        AddReserved(wireName, contract, ("method", null));
    }

    internal void AddFingerprint(ulong fingerprint, ISymbol declaration)
        => Add(new ContractFact(FactKind.Fingerprint, _contract, "", ("hash", Hex(fingerprint))), declaration);

    internal void AddMethod(IMethodSymbol method, MethodModel model, ITypeSymbol? result, string? resultWire, IReadOnlyList<(string Wire, bool Optional)> parameters)
    {
        Add(
            new ContractFact(
                FactKind.Method,
                _contract,
                FactSyntax.NameKey(model.WireName),
                [
                    ("id", Hex(Fnv1a.Hash($"{_contract}/{model.WireName}"))),
                    .. Text("name", method.Name == model.WireName ? null : method.Name),
                    .. Text("via", model.ReturnKind is ReturnKind.Void or ReturnKind.Value ? null : method.ReturnType.Name),
                    .. result is null ? [] : FactTypes.Describe("returns", result, resultWire!),
                    .. Flag("one-way", model.IsOneWay),
                    .. Flag("cancellable", model.CancellationTokenName is not null),
                    .. Flag("idempotent", model.IsIdempotent),
                    .. Number("timeout", model.TimeoutMilliseconds),
                    .. Number("priority", model.Priority),
                ]),
            method);
        AddPacked(result, resultWire);
        string owner = $"{_contract}/{model.WireName}";
        IParameterSymbol[] travelling = [.. method.Parameters.Where(parameter => TypeNames.Wire(parameter.Type) != "System.Threading.CancellationToken")];
        for (int i = 0; i < parameters.Count && i < travelling.Length; i++)
        {
            IParameterSymbol parameter = travelling[i];
            Add(
                new ContractFact(
                    FactKind.Parameter,
                    owner,
                    i.ToString(CultureInfo.InvariantCulture),
                    [("name", parameter.Name), .. FactTypes.Describe("type", parameter.Type, parameters[i].Wire), .. Text("default", parameter.IsOptional ? MemberDefaults.Constant(parameter) : null)]),
                parameter);
            AddPacked(parameter.Type, parameters[i].Wire);
        }

        foreach (FaultModel fault in model.Faults)
        {
            Add(new ContractFact(FactKind.Fault, owner, FactSyntax.Word(FactTypes.Compact(fault.WireName))), method);
        }
    }

    internal void AddMessage(INamedTypeSymbol type, bool isArray, IReadOnlyList<MessageMember> members, IReadOnlyList<Resolution> formatters, MessageConstructor constructor)
    {
        string owner = NameOf(type);
        Add(
            new ContractFact(
                FactKind.Message,
                owner,
                "",
                [("form", isArray ? "array" : "map"), ("shape", ContractShape.Keyword(type).Replace(' ', '-')), .. Origin(type)]),
            type);
        AddReserved(owner, type);
        for (int i = 0; i < members.Count; i++)
        {
            MessageMember member = members[i];
            string key = member.Index is { } index ? index.ToString(CultureInfo.InvariantCulture) : FactSyntax.NameKey(member.Key!);
            Add(
                new ContractFact(
                    FactKind.Member,
                    owner,
                    key,
                    [
                        .. Text("name", member.Key == member.Name ? null : member.Name),
                        .. FactTypes.Describe("type", member.Type, formatters[i].Wire),
                        .. Flag("required", member.Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }),
                        .. MemberDefaults.Of(member, ParameterOf(member, constructor), symbols.Compilation, cancellationToken),
                    ]),
                member.Symbol);
            AddPacked(member.Type, formatters[i].Wire);
        }
    }

    internal void AddUnion(INamedTypeSymbol type, INamedTypeSymbol? fallback, IEnumerable<(int Tag, string Wire)> cases)
    {
        string owner = NameOf(type);
        Add(new ContractFact(FactKind.Union, owner, "", [.. Text("otherwise", fallback is null ? null : NameOf(fallback)), .. Origin(type)]), type);
        AddReserved(owner, type);
        foreach ((int tag, string wire) in cases)
        {
            Add(new ContractFact(FactKind.Case, owner, tag.ToString(CultureInfo.InvariantCulture), ("type", FactTypes.Compact(wire))), type);
        }
    }

    internal void AddEnum(INamedTypeSymbol type, EnumValues values)
    {
        string owner = NameOf(type);
        Add(
            new ContractFact(
                FactKind.Enum,
                owner,
                "",
                [
                    ("type", FactTypes.Of(type.EnumUnderlyingType!)),
                    .. Flag("flags", type.HasAttribute(AttributeNames.Flags)),
                    .. Flag("open", values.Openness == EnumOpenness.Open && !type.HasAttribute(AttributeNames.Flags)),
                    .. Text("otherwise", values.Replacement?.Name),
                    .. Origin(type),
                ]),
            type);
        if (UnsupportedTypes.IsOfFramework(type))
        {
            // Its constants are those of .NET.
            return;
        }

        AddReserved(owner, type);
        foreach (IFieldSymbol constant in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
        {
            Add(
                new ContractFact(FactKind.Constant, owner, FactSyntax.NameKey(constant.Name), ("value", Convert.ToString(constant.ConstantValue, CultureInfo.InvariantCulture))),
                constant);
        }
    }

    private static string NameOf(INamedTypeSymbol type) => FactTypes.Compact(TypeNames.Wire(type));

    private static string Hex(ulong number) => number.ToString("x16", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, string? Value)> Flag(string name, bool value) => value ? [(name, null)] : [];

    private static IEnumerable<(string Name, string? Value)> Text(string name, string? value) => value is null ? [] : [(name, value)];

    private static IEnumerable<(string Name, string? Value)> Number(string name, int value) => value == 0 ? [] : [(name, value.ToString(CultureInfo.InvariantCulture))];

    private static IParameterSymbol? ParameterOf(MessageMember member, MessageConstructor constructor)
    {
        for (int i = 0; i < constructor.Members.Count; i++)
        {
            if (ReferenceEquals(constructor.Members[i], member))
            {
                return constructor.Symbol!.Parameters[i];
            }
        }

        return null;
    }

    /// <summary>What is known of where a type comes from: initializers of another assembly cannot be seen, and what is experimental promises nothing.</summary>
    private IEnumerable<(string Name, string? Value)> Origin(INamedTypeSymbol type)
    {
        const string Experimental = "System.Diagnostics.CodeAnalysis.ExperimentalAttribute";
        bool isReferenced = !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, symbols.Compilation.Assembly);
        return [.. Flag("referenced", isReferenced), .. Flag("experimental", type.HasAttribute(Experimental) || (isReferenced && type.ContainingAssembly.HasAttribute(Experimental)))];
    }

    private void AddReserved(string owner, INamedTypeSymbol type, params (string Name, string? Value)[] more)
    {
        foreach (Reservation reservation in Reservations.Of(type))
        {
            string key = reservation.Number is { } number ? number.ToString(CultureInfo.InvariantCulture) : FactSyntax.NameKey(reservation.Name!);
            Add(new ContractFact(FactKind.Reserved, owner, key, [.. Text("name", reservation.Number is null ? null : reservation.Name), .. more]), type);
        }
    }

    private void AddPacked(ITypeSymbol? type, string? wire)
    {
        if (type is not null && wire is not null)
        {
            _facts.AddRange(LayoutFacts.OfPacked(type, wire, symbols, cancellationToken));
        }
    }

    private void Add(ContractFact fact, ISymbol symbol) => _facts.Add(new RecordedFact(fact, symbol));
}

/// <summary>A fact and what it was read from.</summary>
internal sealed record RecordedFact(ContractFact Fact, ISymbol Symbol);
