namespace Contracts.Ipc.Cli.Dynamic.Syntax;

/// <summary>A type as a declaration spells it.</summary>
internal abstract record TypeNode;

/// <summary>A name, qualified or not, whose every part may have type arguments.</summary>
internal sealed record NamedTypeNode(IReadOnlyList<NamePart> Parts) : TypeNode
{
    internal string LastName => Parts[^1].Name;

    internal IEnumerable<TypeNode> Arguments => Parts.SelectMany(static part => part.Arguments);
}

/// <summary>One part of a name.</summary>
internal sealed record NamePart(string Name, IReadOnlyList<TypeNode> Arguments);

/// <summary>A type with a question mark.</summary>
internal sealed record NullableTypeNode(TypeNode Value) : TypeNode;

/// <summary>An array of some number of dimensions.</summary>
internal sealed record ArrayTypeNode(TypeNode Element, int Rank) : TypeNode;

/// <summary>A tuple; names are null where there are none.</summary>
internal sealed record TupleTypeNode(IReadOnlyList<(TypeNode Type, string? Name)> Elements) : TypeNode;

/// <summary>An attribute. Arguments are tokens of text, or a type for <c>typeof</c>.</summary>
internal sealed record AttributeNode(string Name, IReadOnlyList<AttributeArgument> Arguments)
{
    internal string? Text(string name) => Arguments.FirstOrDefault(argument => argument.Name == name)?.Text;
}

/// <summary>An argument of an attribute: by position if it has no name.</summary>
internal sealed record AttributeArgument(string? Name, string Text, TypeNode? Type, bool IsText = false);

/// <summary>A member of a message.</summary>
internal sealed record MemberNode(string Name, TypeNode Type, IReadOnlyList<AttributeNode> Attributes);

/// <summary>A parameter. The default is its text, null if there is none.</summary>
internal sealed record ParameterNode(string Name, TypeNode Type, IReadOnlyList<AttributeNode> Attributes, string? Default);

/// <summary>A method of the contract.</summary>
internal sealed record MethodNode(
    string Name, TypeNode Result, IReadOnlyList<ParameterNode> Parameters, IReadOnlyList<AttributeNode> Attributes, IReadOnlyList<AttributeNode> ResultAttributes, string Text);

/// <summary>A declared type.</summary>
internal sealed record TypeDeclaration
{
    /// <summary>Namespace, containing types and the name itself, with the number of type parameters behind each.</summary>
    internal required string FullName { get; init; }

    internal required string Namespace { get; init; }

    /// <summary>class, struct, interface, enum or delegate.</summary>
    internal required string Kind { get; init; }

    internal required IReadOnlyList<AttributeNode> Attributes { get; init; }

    /// <summary>Its own type parameters behind those of the types around it.</summary>
    internal required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>Those of its parameters that stand for values only.</summary>
    internal HashSet<string> ValueParameters { get; } = new(StringComparer.Ordinal);

    internal List<TypeNode> Bases { get; } = [];

    internal List<MemberNode> Members { get; } = [];

    internal List<MethodNode> Methods { get; } = [];

    internal List<(string Name, string Value)> Values { get; } = [];

    /// <summary>An enum's integer.</summary>
    internal string Underlying { get; set; } = "int";

    internal bool Has(string attribute) => Attributes.Any(candidate => candidate.Name == attribute);
}
