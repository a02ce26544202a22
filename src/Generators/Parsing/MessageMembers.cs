using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>How a message type says what its members are.</summary>
internal enum MessageStyle
{
    /// <summary>Not annotated: every public member by name.</summary>
    Plain,

    /// <summary>Our own attributes.</summary>
    Ipc,

    /// <summary>[MessagePackObject] with keys.</summary>
    MessagePack,

    /// <summary>[MessagePackObject(keyAsPropertyName: true)].</summary>
    MessagePackByName,

    /// <summary>[DataContract].</summary>
    DataContract,
}

/// <summary>
/// Collects the members of a message type in the order that MessagePack-CSharp gives them: those of the base types first,
/// properties before fields.
/// </summary>
internal sealed class MessageMembers(KnownSymbols symbols, ProblemList problems, INamedTypeSymbol type)
{
    // Gaps travel as nil, so one large key would make every message large.
    private const int MaximumIndex = 1023;

    private readonly AttributeData? _messagePackObject = type.FindAttribute(AttributeNames.MessagePackObject);
    private readonly List<MessageMember> _members = [];

    internal MessageStyle Style { get; } = StyleOf(type);

    /// <summary>The members in the order in which they are written, or null if their keys are not in order.</summary>
    internal List<MessageMember>? Collect()
    {
        int before = problems.Count;
        Collect(type, property: true);
        Collect(type, property: false);
        if (problems.Count != before || !CheckKeys())
        {
            return null;
        }

        return [.. _members.OrderBy(member => member.Index ?? member.Order)];
    }

    internal static bool IsIgnored(ISymbol member)
        => member.HasAttribute(AttributeNames.Ignore) || member.HasAttribute(AttributeNames.MessagePackIgnore) || member.HasAttribute(AttributeNames.DataIgnore);

    /// <summary>The attributes of a member and of the constructor's parameter with its name: where those of a positional record stand.</summary>
    internal static IEnumerable<AttributeData> AttributesOf(ISymbol member)
        => member.GetAttributes().Concat(
            member.ContainingType.InstanceConstructors
                .SelectMany(constructor => constructor.Parameters)
                .Where(parameter => parameter.Name == member.Name)
                .SelectMany(parameter => parameter.GetAttributes()));

    private static MessageStyle StyleOf(INamedTypeSymbol type)
    {
        if (type.HasAttribute(AttributeNames.Message))
        {
            return MessageStyle.Ipc;
        }

        if (type.FindAttribute(AttributeNames.MessagePackObject) is { } messagePack)
        {
            return messagePack.Positional<bool>(0) ? MessageStyle.MessagePackByName : MessageStyle.MessagePack;
        }

        return type.HasAttribute(AttributeNames.DataContract) ? MessageStyle.DataContract : MessageStyle.Plain;
    }

    private void Collect(INamedTypeSymbol from, bool property)
    {
        if (from.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) } ancestor)
        {
            Collect(ancestor, property);
        }

        foreach (ISymbol member in from.GetMembers())
        {
            if (member is { IsStatic: false, CanBeReferencedByName: true } && !IsIgnored(member))
            {
                switch (member)
                {
                    case IPropertySymbol { IsIndexer: false } candidate when property:
                        Add(candidate, candidate.Type);
                        break;
                    case IFieldSymbol { IsImplicitlyDeclared: false, AssociatedSymbol: null } candidate when !property:
                        Add(candidate, candidate.Type);
                        break;
                }
            }
        }
    }

    private void Add(ISymbol symbol, ITypeSymbol memberType)
    {
        bool keyed = ReadKey(symbol) is not null;
        if (!IsReadable(symbol))
        {
            if (keyed)
            {
                problems.Add(ProblemKind.MemberInaccessible, symbol, symbol.Name, TypeNames.Display(type));
            }

            return;
        }

        // An override, or a member that hides another, takes the place of the one that it covers.
        var member = new MessageMember(symbol, memberType);
        int covered = _members.FindIndex(other => other.Name == symbol.Name);
        if (covered >= 0)
        {
            _members[covered] = member;
        }
        else
        {
            _members.Add(member);
        }

        AssignKey(member);
    }

    /// <summary>Public members, and those that a key makes part of the message although they are not public.</summary>
    private bool IsReadable(ISymbol symbol)
    {
        ISymbol read = symbol is IPropertySymbol { GetMethod: { } getter } ? getter : symbol;
        if (symbol is IPropertySymbol { GetMethod: null })
        {
            return false;
        }

        return read.DeclaredAccessibility == Accessibility.Public
            || (ReadKey(symbol) is not null && (symbols.IsAccessible(read) || AllowsPrivate));
    }

    private bool AllowsPrivate => _messagePackObject.Named<bool>("AllowPrivate");

    private void AssignKey(MessageMember member)
    {
        object? key = Style is MessageStyle.Plain or MessageStyle.MessagePackByName ? null : ReadKey(member.Symbol);
        switch (key)
        {
            case int index:
                member.Index = index;
                if (index is < 0 or > MaximumIndex)
                {
                    problems.Add(ProblemKind.KeyOutOfRange, member.Symbol, member.Name, index.ToString(System.Globalization.CultureInfo.InvariantCulture));
                }

                break;
            case string name:
                member.Key = name;
                if (name.Length == 0)
                {
                    problems.Add(ProblemKind.KeyOutOfRange, member.Symbol, member.Name, "\"\"");
                }

                break;
            default:
                AssignMissingKey(member);
                break;
        }
    }

    private void AssignMissingKey(MessageMember member)
    {
        switch (Style)
        {
            case MessageStyle.Ipc or MessageStyle.MessagePack:
                problems.Add(ProblemKind.KeyMissing, member.Symbol, member.Name, TypeNames.Display(type));
                break;
            case MessageStyle.DataContract when !member.Symbol.HasAttribute(AttributeNames.DataMember):
                // A data contract lists its members; the others stay at home.
                _members.Remove(member);
                break;
            default:
                member.Key = member.Name;
                break;
        }
    }

    private object? ReadKey(ISymbol symbol) => Style switch
    {
        MessageStyle.Ipc => KeyOf(AttributeReader.Find(AttributesOf(symbol), AttributeNames.Key)),
        MessageStyle.MessagePack => KeyOf(symbol.FindAttribute(AttributeNames.MessagePackKey)),
        MessageStyle.DataContract => DataKeyOf(symbol),
        _ => null,
    };

    private static object? KeyOf(AttributeData? attribute)
        => attribute is null || attribute.ConstructorArguments.Length == 0 ? null : attribute.ConstructorArguments[0].Value;

    private static object? DataKeyOf(ISymbol symbol)
    {
        if (symbol.FindAttribute(AttributeNames.DataMember) is not { } attribute)
        {
            return null;
        }

        // As MessagePack-CSharp: an order is an integer key, else the name, else the name of the member.
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument is { Key: "Order", Value.Value: int order and not -1 })
            {
                return order;
            }
        }

        return attribute.Named<string>("Name") ?? symbol.Name;
    }

    private bool CheckKeys()
    {
        int before = problems.Count;
        if (_members.Any(member => member.Index is not null) && _members.Any(member => member.Key is not null))
        {
            problems.Add(ProblemKind.KeysMixed, type, TypeNames.Display(type));
        }

        foreach (IGrouping<string, MessageMember> group in _members.GroupBy(member => member.Key ?? "#" + member.Index, StringComparer.Ordinal))
        {
            MessageMember first = group.First();
            foreach (MessageMember other in group.Skip(1))
            {
                problems.Add(ProblemKind.KeyRepeated, other.Symbol, TypeNames.Display(type), group.Key.TrimStart('#'), other.Name, first.Name);
            }
        }

        return problems.Count == before;
    }
}
