using Contracts.Ipc.Generators.Evolution;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// Finds the formatter of every type that a contract reaches, and collects the formatters that have to be emitted for it.
/// </summary>
/// <remarks>One per contract. A type is looked at once; a recursive type finds its own name before its members are known.</remarks>
internal sealed class FormatterResolver
{
    private readonly Dictionary<string, Resolution> _resolved = new(StringComparer.Ordinal);
    private readonly FormatterGraph _graph = new();
    private readonly CustomFormatters _custom;
    private readonly MessageParser _messages;
    private readonly UnionParser _unions;
    private readonly EnumParser _enums;

    internal FormatterResolver(
        KnownSymbols symbols, ProblemList problems, ContractDescription description, ContractDeclaration declaration, CancellationToken cancellationToken)
    {
        Symbols = symbols;
        Problems = problems;
        Description = description;
        Declaration = declaration;
        CancellationToken = cancellationToken;
        Namespace = FormatterNames.Namespace(symbols.Compilation);
        _custom = new CustomFormatters(symbols, problems, declaration);
        _messages = new MessageParser(this);
        _unions = new UnionParser(this);
        _enums = new EnumParser(this);
    }

    internal KnownSymbols Symbols { get; }

    internal ProblemList Problems { get; }

    internal ContractDescription Description { get; }

    internal ContractDeclaration Declaration { get; }

    internal CancellationToken CancellationToken { get; }

    /// <summary>Who writes down the facts of the contract for its baseline; null if nobody asked.</summary>
    internal FactRecorder? Facts { get; init; }

    /// <summary>Where emitted formatters live.</summary>
    internal string Namespace { get; }

    /// <summary>Whether a type does not exist: the compiler's to report, and nothing can be emitted until it does.</summary>
    internal bool MetCompilerError { get; private set; }

    /// <summary>Whether a message type was left out because the compilation hides some of its members.</summary>
    internal bool MetHiddenMembers { get; set; }

    /// <summary>The formatters to emit, in the order of their names.</summary>
    internal IEnumerable<FormatterModel> Emitted => _graph.ToModels();

    /// <summary>Resolves the type of a parameter, result or member, whose own attributes come before those of the type.</summary>
    internal Resolution Resolve(ITypeSymbol type, ISymbol owner, IEnumerable<AttributeData> attributes)
    {
        if (AttributeReader.Find(attributes, AttributeNames.Formatter) is { } custom)
        {
            return _custom.Use(custom, type, owner);
        }

        return AttributeReader.Find(attributes, AttributeNames.Packed) is null ? Resolve(type) : PackedTypes.Resolve(type, owner, Problems);
    }

    /// <summary>Resolves a type by itself.</summary>
    internal Resolution Resolve(ITypeSymbol type)
    {
        CancellationToken.ThrowIfCancellationRequested();
        string canonical = TypeNames.Canonical(type);
        if (!_resolved.TryGetValue(canonical, out Resolution resolution))
        {
            resolution = ResolveNew(type, canonical);
            _resolved[canonical] = resolution;
        }

        return resolution;
    }

    /// <summary>Says who will format a type before its parts are looked at, so that a type may contain itself.</summary>
    internal Resolution Announce(string canonical, string wire)
    {
        Resolution resolution = Resolution.Generated(Namespace, FormatterNames.Of(canonical), wire);
        _resolved[canonical] = resolution;
        return resolution;
    }

    internal void Emit(FormatterModel formatter, IEnumerable<Resolution> parts) => _graph.Add(formatter, parts);

    private Resolution ResolveNew(ITypeSymbol type, string canonical)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            MetCompilerError = true;
            return Resolution.Reported;
        }

        if (_custom.For(type) is { } custom)
        {
            return custom;
        }

        return type switch
        {
            IArrayTypeSymbol array => ResolveArray(array, canonical),
            INamedTypeSymbol named => ResolveNamed(named, canonical),
            _ => Resolution.Unsupported(UnsupportedTypes.Reason(type)),
        };
    }

    private Resolution ResolveArray(IArrayTypeSymbol array, string canonical)
    {
        if (array.Rank > 4)
        {
            return Resolution.Unsupported("arrays have at most four dimensions on the wire");
        }

        if (array.Rank == 1)
        {
            return ResolveSequence("Array", array.ElementType, array, canonical);
        }

        Resolution element = Resolve(array.ElementType);
        return Compose($"Array{array.Rank}D", $"array{array.Rank}d<{element.Wire}>", [array.ElementType], [element]);
    }

    private Resolution ResolveNamed(INamedTypeSymbol type, string canonical)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            Resolution value = Resolve(type.TypeArguments[0]);
            return Compose("Nullable", $"{value.Wire}?", [type.TypeArguments[0]], [value]);
        }

        if (type.IsTupleType)
        {
            return ResolveTuple(type, "ValueTuple");
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return _enums.Parse(type, canonical);
        }

        if (FormatterCatalogue.Scalar(type) is { } scalar)
        {
            return Resolution.Runtime(scalar, scalar).Inlined(FormatterCatalogue.Inline(type));
        }

        switch (TypeNames.Metadata(type.OriginalDefinition))
        {
            case "System.Collections.Generic.KeyValuePair`2":
                return ResolvePair(type, "KeyValuePair", "pair");
            case string name when name.StartsWith("System.Tuple`", StringComparison.Ordinal):
                return ResolveTuple(type, "Tuple");
            case string name when name.StartsWith("System.ValueTuple`", StringComparison.Ordinal):
                return ResolveTuple(type, "ValueTuple");
        }

        switch (FormatterCatalogue.Collection(type))
        {
            case CollectionKind.Sequence:
                return ResolveSequence(type.Name, type.TypeArguments[0], type, canonical);
            case CollectionKind.Map:
                return ResolveMap(type, canonical);
        }

        if (UnionParser.IsUnion(type))
        {
            return _unions.Parse(type, canonical);
        }

        return UnsupportedTypes.IsMessage(type, out string? reason) ? _messages.Parse(type, canonical) : Resolution.Unsupported(reason);
    }

    private Resolution ResolveTuple(INamedTypeSymbol type, string kind)
    {
        // TypeArguments, not TupleElements: from the eighth element on the rest is a tuple of its own, also on the wire.
        Resolution[] elements = [.. type.TypeArguments.Select(Resolve)];
        return Compose(kind, $"tuple<{string.Join(", ", elements.Select(element => element.Wire))}>", type.TypeArguments, elements);
    }

    private Resolution ResolvePair(INamedTypeSymbol type, string kind, string wire)
    {
        Resolution key = Resolve(type.TypeArguments[0]);
        Resolution value = Resolve(type.TypeArguments[1]);
        return Compose(kind, $"{wire}<{key.Wire}, {value.Wire}>", type.TypeArguments, [key, value]);
    }

    private Resolution ResolveSequence(string kind, ITypeSymbol element, ITypeSymbol type, string canonical)
    {
        Resolution item = ResolveElement(element);
        if (item.Formatter is null)
        {
            return item;
        }

        if (element.SpecialType == SpecialType.System_Byte && kind is "Array" or "Memory" or "ReadOnlyMemory" or "ArraySegment")
        {
            return Resolution.Runtime("Byte" + kind, "bytes");
        }

        Resolution shared = Compose(kind, $"array<{item.Wire}>", [element], [item]);
        return IsShared(element) && FormatterCatalogue.ClosedShape(kind) is { } shape
            ? Close(shape, shared, type, canonical, [element], [item])
            : shared;
    }

    private Resolution ResolveMap(INamedTypeSymbol type, string canonical)
    {
        Resolution key = Resolve(type.TypeArguments[0]);
        Resolution value = ResolveElement(type.TypeArguments[1]);
        Resolution shared = Compose(type.Name, $"map<{key.Wire}, {value.Wire}>", type.TypeArguments, [key, value]);
        return shared.Formatter is not null && type.TypeArguments.Any(IsShared) && FormatterCatalogue.ClosedShape(type.Name) is { } shape
            ? Close(shape, shared, type, canonical, type.TypeArguments, [key, value])
            : shared;
    }

    /// <summary>Resolves what a collection holds; a problem in there is reached through brackets.</summary>
    private Resolution ResolveElement(ITypeSymbol element)
    {
        Problems.Path.Push("[]");
        Resolution resolution = Resolve(element);
        Problems.Path.Pop();
        return resolution;
    }

    /// <summary>A generic formatter of the runtime: all types first, then their formatters.</summary>
    private static Resolution Compose(string kind, string wire, IReadOnlyList<ITypeSymbol> types, IReadOnlyList<Resolution> formatters)
    {
        foreach (Resolution formatter in formatters)
        {
            if (formatter.Formatter is null)
            {
                return formatter;
            }
        }

        IEnumerable<string> arguments = types.Select(TypeNames.Canonical).Concat(formatters.Select(formatter => formatter.Formatter!));
        return Resolution.Composed($"{kind}Formatter<{string.Join(", ", arguments)}>", wire, formatters);
    }

    /// <summary>
    /// A collection whose elements are references gets a formatter of its own: a generic one would be compiled once for all
    /// references, and would look up the element's formatter for every element.
    /// </summary>
    private Resolution Close(
        CollectionShape shape, Resolution shared, ITypeSymbol type, string canonical, IReadOnlyList<ITypeSymbol> types, IReadOnlyList<Resolution> formatters)
    {
        Resolution resolution = Announce(canonical, shared.Wire);
        var model = new CollectionFormatterModel
        {
            Namespace = Namespace,
            Name = FormatterNames.Of(canonical),
            TypeName = canonical,
            DisplayName = TypeNames.Display(type),
            Shape = shape,
            SharedFormatter = shared.Formatter!,
            Items = types.Zip(formatters, (item, formatter) => new ItemModel(TypeNames.Canonical(item), formatter.Formatter!)).ToEquatableArray(),
        };
        Emit(model, formatters);
        return resolution;
    }

    /// <summary>Whether code that is generic over the type is shared with other types: references, and values that hold them as arguments.</summary>
    private static bool IsShared(ITypeSymbol type)
        => type.IsReferenceType || (type is INamedTypeSymbol { IsGenericType: true } generic && generic.TypeArguments.Any(IsShared));
}
