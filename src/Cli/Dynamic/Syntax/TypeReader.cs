namespace Contracts.Ipc.Cli.Dynamic.Syntax;

/// <summary>Reads types and attributes.</summary>
internal static class TypeReader
{
    internal static TypeNode ReadType(TokenReader reader)
    {
        TypeNode type = reader.Is("(") ? ReadTuple(reader) : ReadNamed(reader);
        while (true)
        {
            if (reader.TryTake("?"))
            {
                type = new NullableTypeNode(type);
            }
            else if (reader.Is("["))
            {
                type = ReadArray(type, reader);
            }
            else
            {
                return type;
            }
        }
    }

    internal static NamedTypeNode ReadNamed(TokenReader reader)
    {
        string first = reader.TakeName();
        if (first == "global" && reader.TryTake("::"))
        {
            first = reader.TakeName();
        }

        var parts = new List<NamePart> { new(first, ReadArguments(reader)) };
        while (reader.TryTake("."))
        {
            parts.Add(new NamePart(reader.TakeName(), ReadArguments(reader)));
        }

        return new NamedTypeNode(parts);
    }

    /// <summary>Reads all lists of attributes that stand here, but for those with the target.</summary>
    /// <param name="reader">The tokens.</param>
    /// <param name="target">Such as <c>return</c>.</param>
    /// <param name="targeted">Gets the attributes with the target.</param>
    internal static List<AttributeNode> ReadAttributes(TokenReader reader, string? target = null, List<AttributeNode>? targeted = null)
    {
        var attributes = new List<AttributeNode>();
        while (reader.TryTake("["))
        {
            List<AttributeNode> list = attributes;
            if (target is not null && reader.IsName(target) && reader.Next().Text == ":")
            {
                reader.Take();
                reader.Take();
                list = targeted!;
            }

            do
            {
                list.Add(ReadAttribute(reader));
            }
            while (reader.TryTake(","));
            reader.Expect("]");
        }

        return attributes;
    }

    private static AttributeNode ReadAttribute(TokenReader reader)
    {
        string name = ReadNamed(reader).LastName;
        var arguments = new List<AttributeArgument>();
        if (reader.TryTake("("))
        {
            while (!reader.TryTake(")"))
            {
                arguments.Add(ReadArgument(reader));
                _ = reader.TryTake(",");
            }
        }

        return new AttributeNode(name, arguments);
    }

    private static AttributeArgument ReadArgument(TokenReader reader)
    {
        string? name = null;
        if (reader.Next().Text == "=" && reader.Current.Kind == TokenKind.Name)
        {
            name = reader.TakeName();
            reader.Expect("=");
        }

        if (reader.TryTakeName("typeof"))
        {
            reader.Expect("(");
            TypeNode type = ReadType(reader);
            reader.Expect(")");
            return new AttributeArgument(name, "", type);
        }

        // Strings count by what they mean, numbers may have a sign.
        return reader.Current.Kind == TokenKind.Text
            ? new AttributeArgument(name, reader.Take().Text, null, IsText: true)
            : new AttributeArgument(name, reader.TakeUntil(",", ")"), null);
    }

    private static List<TypeNode> ReadArguments(TokenReader reader)
    {
        var arguments = new List<TypeNode>();
        if (reader.TryTake("<"))
        {
            do
            {
                arguments.Add(ReadType(reader));
            }
            while (reader.TryTake(","));
            reader.Expect(">");
        }

        return arguments;
    }

    private static TupleTypeNode ReadTuple(TokenReader reader)
    {
        var elements = new List<(TypeNode Type, string? Name)>();
        reader.Expect("(");
        do
        {
            TypeNode type = ReadType(reader);
            elements.Add((type, reader.Current.Kind == TokenKind.Name ? reader.TakeName() : null));
        }
        while (reader.TryTake(","));
        reader.Expect(")");
        return new TupleTypeNode(elements);
    }

    /// <summary>Brackets in a row are read from the outside in: int[][,] is an array of int[,].</summary>
    private static TypeNode ReadArray(TypeNode element, TokenReader reader)
    {
        var ranks = new Stack<int>();
        while (reader.TryTake("["))
        {
            int rank = 1;
            while (reader.TryTake(","))
            {
                rank++;
            }

            reader.Expect("]");
            ranks.Push(rank);
        }

        return ranks.Aggregate(element, static (inner, rank) => new ArrayTypeNode(inner, rank));
    }
}
