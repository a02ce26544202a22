using System.Globalization;
using Contracts.Ipc.Cli.Dynamic.Syntax;
using Contracts.Ipc.Cli.Dynamic.Types;

namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>Finds out how the types of a declaration travel, by the rules of docs/wire-types.md.</summary>
internal sealed class TypeResolver
{
    private const string FormatterInterface = "IMessageFormatter";

    private static readonly HashSet<string> Sequences = new(StringComparer.Ordinal)
    {
        "List", "IList", "IReadOnlyList", "ICollection", "IReadOnlyCollection", "IEnumerable", "HashSet", "ISet", "IReadOnlySet", "SortedSet", "FrozenSet", "Queue", "Stack",
        "LinkedList", "ConcurrentQueue", "ConcurrentStack", "ConcurrentBag", "Collection", "ObservableCollection", "ReadOnlyCollection", "Memory", "ReadOnlyMemory", "ArraySegment",
        "ImmutableArray", "ImmutableList", "ImmutableHashSet", "ImmutableSortedSet", "ImmutableQueue", "ImmutableStack", "IImmutableList", "IImmutableSet", "IImmutableQueue",
        "IImmutableStack",
    };

    private static readonly HashSet<string> Maps = new(StringComparer.Ordinal)
    {
        "Dictionary", "IDictionary", "IReadOnlyDictionary", "SortedDictionary", "SortedList", "ConcurrentDictionary", "ReadOnlyDictionary", "FrozenDictionary", "ImmutableDictionary",
        "ImmutableSortedDictionary", "IImmutableDictionary",
    };

    private readonly Dictionary<string, TypeDeclaration> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WireType> _resolved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _custom = new(StringComparer.Ordinal);

    internal TypeResolver(IEnumerable<TypeDeclaration> types, IEnumerable<AttributeNode> assemblyAttributes)
    {
        foreach (TypeDeclaration type in types)
        {
            _ = _declared.TryAdd(type.FullName, type);
        }

        foreach (AttributeNode attribute in assemblyAttributes)
        {
            if (attribute is { Name: "IpcFormatter", Arguments: [{ Type: NamedTypeNode formatter }] } && Find(formatter, "") is { } declared)
            {
                var scope = new TypeScope(declared, formatter, TypeScope.Global);
                _custom.UnionWith(declared.Bases.OfType<NamedTypeNode>().Where(static type => type.LastName == FormatterInterface).Select(type => NameOf(type.Parts[^1].Arguments[0], scope)));
            }
        }
    }

    /// <summary>The type of a parameter, result or member.</summary>
    internal WireType Resolve(TypeNode type, TypeScope scope, IReadOnlyList<AttributeNode> attributes)
    {
        if (attributes.Any(static attribute => attribute.Name == "IpcFormatter"))
        {
            return new RawType(NameOf(type, scope));
        }

        return attributes.Any(static attribute => attribute.Name == "IpcPacked") ? BytesType.Packed(NameOf(type, scope)) : Resolve(type, scope);
    }

    internal WireType Resolve(TypeNode type, TypeScope scope)
    {
        string name = NameOf(type, scope);
        if (!_resolved.TryGetValue(name, out WireType? resolved))
        {
            resolved = _custom.Contains(name) ? new RawType(name) : ResolveNew(type, scope, name);
            _resolved[name] = resolved;
        }

        return resolved;
    }

    /// <summary>One spelling for one type: as faults are called on the wire, as far as the declaration tells.</summary>
    internal string NameOf(TypeNode type, TypeScope scope) => type switch
    {
        NullableTypeNode nullable when IsReference(nullable.Value, scope) => NameOf(nullable.Value, scope),
        NullableTypeNode nullable => NameOf(nullable.Value, scope) + "?",
        ArrayTypeNode array => NameOfArray(array, scope),
        TupleTypeNode tuple => $"({string.Join(", ", tuple.Elements.Select(element => NameOf(element.Type, scope) + (element.Name is null ? "" : " " + element.Name)))})",
        NamedTypeNode named when scope.Find(named) is { } argument => NameOf(argument.Type, argument.Scope),
        NamedTypeNode named => NameOfNamed(named, scope),
        _ => throw new InvalidOperationException("There are no other types."),
    };

    private string NameOfArray(ArrayTypeNode array, TypeScope scope)
    {
        TypeNode element = array;
        string ranks = "";
        while (element is ArrayTypeNode inner)
        {
            ranks += $"[{new string(',', inner.Rank - 1)}]";
            element = inner.Element is NullableTypeNode { Value: ArrayTypeNode nested } ? nested : inner.Element;
        }

        return NameOf(element, scope) + ranks;
    }

    private string NameOfNamed(NamedTypeNode named, TypeScope scope)
    {
        // What was found in the namespace around is called by its full name.
        string space = Find(named, scope.Namespace) is { } declared ? declared.FullName[..^TypeKey.Of(named).Length] : "";
        return space + string.Join('.', named.Parts.Select(part => part.Arguments.Count == 0
            ? part.Name
            : $"{part.Name}<{string.Join(", ", part.Arguments.Select(argument => NameOf(argument, scope)))}>"));
    }

    /// <summary>Whether a question mark behind the type means nothing on the wire.</summary>
    private bool IsReference(TypeNode type, TypeScope scope) => type switch
    {
        ArrayTypeNode => true,
        TupleTypeNode or NullableTypeNode => false,

        // Behind a type parameter that may stand for references it is but an annotation.
        NamedTypeNode named when scope.Find(named) is { } argument => !argument.IsValue,
        NamedTypeNode named when Find(named, scope.Namespace) is { } declared => declared.Kind is not ("struct" or "enum"),
        NamedTypeNode named => named.LastName is "string" or "object" or "Uri" or "Version" or "StringBuilder" or "BitArray" or "Tuple" || (named.Parts[^1].Arguments.Count > 0
            && named.LastName is not ("Memory" or "ReadOnlyMemory" or "ArraySegment" or "ImmutableArray" or "KeyValuePair" or "ValueTuple")),
        _ => false,
    };

    private WireType ResolveNew(TypeNode type, TypeScope scope, string name)
    {
        switch (type)
        {
            case NullableTypeNode nullable:
                WireType value = Resolve(nullable.Value, scope);
                return value.IsValueType ? new NullableType(value) : value;
            case ArrayTypeNode { Rank: 1, Element: NamedTypeNode { LastName: "byte", Parts.Count: 1 } }:
                return BytesType.Of(name);
            case ArrayTypeNode array:
                WireType element = Resolve(array.Element, scope);
                return array.Rank == 1 ? new SequenceType(name, element) : new GridType(name, element, array.Rank);
            case TupleTypeNode tuple:
                return new TupleType(name, [.. tuple.Elements.Select(item => (item.Name, Resolve(item.Type, scope)))], isValueType: true);
            case NamedTypeNode named when scope.Find(named) is { } argument:
                return Resolve(argument.Type, argument.Scope);
            case NamedTypeNode named when Find(named, scope.Namespace) is { } declared:
                return ResolveDeclared(declared, new TypeScope(declared, named, scope), name);
            case NamedTypeNode named:
                return ResolveKnown(named.LastName, named.Parts[^1].Arguments, scope, name);
            default:
                return new RawType(name);
        }
    }

    private WireType ResolveKnown(string simpleName, IReadOnlyList<TypeNode> arguments, TypeScope scope, string name) => (simpleName, arguments.Count) switch
    {
        (_, 0) => Scalars.Find(simpleName) ?? new RawType(name),
        ("Memory" or "ReadOnlyMemory" or "ArraySegment", 1) when arguments[0] is NamedTypeNode { LastName: "byte", Parts.Count: 1 } => BytesType.Of(name),
        ("Tuple" or "ValueTuple", _) => new TupleType(name, [.. Flatten(arguments).Select(argument => ((string?)null, Resolve(argument, scope)))], simpleName == "ValueTuple"),
        ("KeyValuePair", 2) => new TupleType(name, [("Key", Resolve(arguments[0], scope)), ("Value", Resolve(arguments[1], scope))], isValueType: true),
        (_, 1) when Sequences.Contains(simpleName) => new SequenceType(name, Resolve(arguments[0], scope)),
        (_, 2) when Maps.Contains(simpleName) => new MapType(name, Resolve(arguments[0], scope), Resolve(arguments[1], scope)),
        _ => new RawType(name),
    };

    /// <summary>The eighth argument of a tuple is a tuple that goes on.</summary>
    private static IEnumerable<TypeNode> Flatten(IReadOnlyList<TypeNode> arguments)
    {
        const int Own = 7;
        return (arguments.Count > Own ? arguments[Own] : null) switch
        {
            NamedTypeNode rest => arguments.Take(Own).Concat(Flatten(rest.Parts[^1].Arguments)),
            TupleTypeNode rest => arguments.Take(Own).Concat(rest.Elements.Select(static element => element.Type)),
            _ => arguments,
        };
    }

    private WireType ResolveDeclared(TypeDeclaration declared, TypeScope inside, string name)
    {
        if (declared.Kind == "enum")
        {
            return new EnumType(name, Scalars.Find(declared.Underlying) ?? new RawType(declared.Underlying), declared.Has("Flags"), declared.Values);
        }

        if (declared.Has("Union"))
        {
            return ResolveUnion(declared, inside, name);
        }

        if (declared.Kind is not ("class" or "struct") || declared.Bases.OfType<NamedTypeNode>().Any(static type => type.LastName == FormatterInterface))
        {
            return new RawType(name);
        }

        // Known before its members are: it may contain itself.
        bool isArray = declared.Has("IpcMessage") && declared.Members.All(static member => KeyOf(member) is { } key && key.Index >= 0);
        var message = new MessageType(ShortOf(name), name, declared.Kind == "struct", isArray);
        _resolved[name] = message;
        message.Members = [.. declared.Members.Select(member => ToMember(member, inside))];
        return message;
    }

    private UnionType ResolveUnion(TypeDeclaration declared, TypeScope inside, string name)
    {
        var union = new UnionType(ShortOf(name));
        _resolved[name] = union;
        var cases = new List<(int Tag, string Name, WireType Type)>();
        foreach (AttributeNode attribute in declared.Attributes.Where(static attribute => attribute is { Name: "Union", Arguments.Count: 2 }))
        {
            TypeNode type = attribute.Arguments[1].Type ?? throw new SchemaException($"A case of the union {name} names no type.");
            cases.Add((int.Parse(attribute.Arguments[0].Text, CultureInfo.InvariantCulture), ShortOf(NameOf(type, inside)), Resolve(type, inside)));
        }

        union.Cases = cases;
        return union;
    }

    private MessageMember ToMember(MemberNode member, TypeScope inside)
    {
        (int index, string key) = KeyOf(member) ?? (-1, member.Name);
        return new MessageMember(member.Name, key, index, Resolve(member.Type, inside, member.Attributes));
    }

    private static (int Index, string Key)? KeyOf(MemberNode member)
    {
        if (member.Attributes.FirstOrDefault(static attribute => attribute.Name == "IpcKey") is not { Arguments: [AttributeArgument argument] })
        {
            return null;
        }

        return argument.IsText ? (-1, argument.Text) : (int.Parse(argument.Text, CultureInfo.InvariantCulture), "");
    }

    /// <summary>The name without namespace, type arguments included.</summary>
    private static string ShortOf(string name)
    {
        int end = name.IndexOf('<', StringComparison.Ordinal) is int bracket and >= 0 ? bracket : name.Length;
        return name[(name.LastIndexOf('.', end - 1) + 1)..];
    }

    /// <summary>As C# looks: where the name stands, then in the namespaces around, then from the root.</summary>
    private TypeDeclaration? Find(NamedTypeNode name, string space)
    {
        string key = TypeKey.Of(name);
        return _declared.GetValueOrDefault(space.Length == 0 ? key : space + "." + key) ?? _declared.GetValueOrDefault(key);
    }
}
