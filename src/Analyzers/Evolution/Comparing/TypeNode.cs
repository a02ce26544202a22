using System.Collections.Immutable;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>A type as a baseline spells it, taken apart: <c>map&lt;String,Acme.Order&gt;</c>, <c>System.Collections.Generic.List&lt;string?&gt;[]</c>.</summary>
/// <param name="Name">Without arguments; <c>()</c> for a tuple, <c>[]</c> for an array.</param>
/// <param name="Arguments">Type arguments, elements of a tuple, or the element of an array.</param>
/// <param name="IsNullable">Whether a question mark follows.</param>
internal sealed record TypeNode(string Name, ImmutableArray<TypeNode> Arguments, bool IsNullable)
{
    internal static TypeNode Parse(string text)
    {
        int position = 0;
        return Read(text, ref position);
    }

    internal bool SameAs(TypeNode other) => ToString() == other.ToString();

    /// <summary>The same without any question mark.</summary>
    internal TypeNode Plain() => new(Name, [.. Arguments.Select(argument => argument.Plain())], IsNullable: false);

    public override string ToString()
    {
        string arguments = string.Join(",", Arguments.Select(argument => argument.ToString()));
        string text = Name switch
        {
            "()" => $"({arguments})",
            _ when Name.StartsWith("[", StringComparison.Ordinal) => arguments + Name,
            _ => Arguments.IsEmpty ? Name : $"{Name}<{arguments}>",
        };
        return IsNullable ? text + "?" : text;
    }

    private static TypeNode Read(string text, ref int position)
    {
        TypeNode node;
        if (position < text.Length && text[position] == '(')
        {
            node = new TypeNode("()", ReadList(text, ref position, ')'), IsNullable: false);
        }
        else
        {
            int start = position;
            while (position < text.Length && "<>,()[]?".IndexOf(text[position]) < 0)
            {
                position++;
            }

            string name = text.Substring(start, position - start);
            ImmutableArray<TypeNode> arguments = [];
            if (position < text.Length && text[position] == '<')
            {
                arguments = ReadList(text, ref position, '>');

                // A type in a generic type: Outer<int>.Inner is a name of its own.
                while (position < text.Length && text[position] == '.')
                {
                    string outer = new TypeNode(name, arguments, IsNullable: false).ToString();
                    start = position;
                    while (position < text.Length && "<>,()[]?".IndexOf(text[position]) < 0)
                    {
                        position++;
                    }

                    name = outer + text.Substring(start, position - start);
                    arguments = position < text.Length && text[position] == '<' ? ReadList(text, ref position, '>') : [];
                }
            }

            node = new TypeNode(name, arguments, IsNullable: false);
        }

        return ReadSuffixes(node, text, ref position);
    }

    private static TypeNode ReadSuffixes(TypeNode node, string text, ref int position)
    {
        while (position < text.Length)
        {
            if (text[position] == '?')
            {
                node = node with { IsNullable = true };
                position++;
            }
            else if (text[position] == '[' && text.IndexOf(']', position) is > 0 and int end)
            {
                node = new TypeNode(text.Substring(position, end - position + 1), [node], IsNullable: false);
                position = end + 1;
            }
            else
            {
                break;
            }
        }

        return node;
    }

    private static ImmutableArray<TypeNode> ReadList(string text, ref int position, char end)
    {
        var items = ImmutableArray.CreateBuilder<TypeNode>();
        do
        {
            position++;
            items.Add(Read(text, ref position));
        }
        while (position < text.Length && text[position] == ',');
        if (position < text.Length && text[position] == end)
        {
            position++;
        }

        return items.ToImmutable();
    }
}
