using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Parsing.Declarations;

/// <summary>Writes a contract and its types as C#, one line for each, in an order that depends on names only.</summary>
internal sealed class DeclarationWriter(ContractDeclaration declaration, DeclarationNames names)
{
    // The text is part of the user's assembly; a value without a name is shown as its number.
    private const int MostValues = 256;

    private readonly List<string> _lines = [];

    internal IReadOnlyList<string> Write(string wireName)
    {
        foreach (INamedTypeSymbol formatter in declaration.Formatters)
        {
            _lines.Add($"[assembly: {Attribute("IpcFormatter", $"typeof({names.Of(formatter, Global)})")}]");
        }

        var root = new SortedDictionary<string, SortedDictionary<string, Node>>(StringComparer.Ordinal);
        NodeOf(declaration.Contract.OriginalDefinition, root).Write = node => WriteContract(node, wireName);
        foreach (DeclaredType type in declaration.Types)
        {
            NodeOf(type.Symbol, root).Write = node => Write(node, type);
        }

        foreach (KeyValuePair<string, SortedDictionary<string, Node>> space in root.OrderBy(space => space.Value.Values.All(node => !node.LeadsToContract)))
        {
            if (space.Key.Length > 0)
            {
                _lines.Add("namespace " + space.Key);
                _lines.Add("{");
            }

            WriteAll(space.Value);
            if (space.Key.Length > 0)
            {
                _lines.Add("}");
            }
        }

        foreach (INamedTypeSymbol type in declaration.EnumsElsewhere)
        {
            // A comment to the compiler, which knows them; tools read on.
            _lines.Add($"// enum {names.Of(type, Global)}{EnumBody(type)}");
        }

        return _lines;
    }

    private INamespaceSymbol Global
    {
        get
        {
            INamespaceSymbol space = declaration.Contract.ContainingNamespace;
            while (!space.IsGlobalNamespace)
            {
                space = space.ContainingNamespace;
            }

            return space;
        }
    }

    private Node NodeOf(INamedTypeSymbol type, SortedDictionary<string, SortedDictionary<string, Node>> root)
    {
        SortedDictionary<string, Node> siblings;
        if (type.ContainingType is { } outer)
        {
            siblings = NodeOf(outer.OriginalDefinition, root).Nested;
        }
        else
        {
            string space = ContractShape.Namespace(type) ?? "";
            if (!root.TryGetValue(space, out siblings))
            {
                siblings = new(StringComparer.Ordinal);
                root.Add(space, siblings);
            }
        }

        if (!siblings.TryGetValue(type.MetadataName, out Node node))
        {
            node = new Node(type, declaration.Contract);
            siblings.Add(type.MetadataName, node);
        }

        return node;
    }

    private void WriteAll(SortedDictionary<string, Node> nodes)
    {
        // The contract comes first: it is what one wants to read.
        foreach (Node node in nodes.Values.OrderBy(node => !node.LeadsToContract))
        {
            if (node.Write is { } write)
            {
                write(node);
            }
            else
            {
                Open(node, ContractShape.Keyword(node.Symbol), []);
                Close(node);
            }
        }
    }

    private void WriteContract(Node node, string wireName)
    {
        string[] arguments =
        [
            .. wireName == TypeNames.Wire(node.Symbol) ? Array.Empty<string>() : ["Name = " + Literal(wireName)],
            .. declaration.TravelsAsSignals ? ["Signals = true"] : Array.Empty<string>(),
        ];
        var attributes = new List<string> { Attribute("IpcService", arguments.Length == 0 ? null : string.Join(", ", arguments)) };
        attributes.AddRange(Faults(declaration.Contract));
        attributes.AddRange(Reserved(declaration.Contract));
        _lines.Add($"[{string.Join(", ", attributes)}]");
        _lines.Add("public partial interface " + TypeNames.DeclaredIdentifier(node.Symbol.Name));
        _lines.Add("{");
        new MethodWriter(names, node.Symbol.ContainingNamespace, _lines).Write(declaration.Methods);
        Close(node);
    }

    private void Write(Node node, DeclaredType type)
    {
        INamespaceSymbol within = node.Symbol.ContainingNamespace;
        switch (type.Kind)
        {
            case DeclaredKind.Enum:
                WriteEnum(type);
                return;
            case DeclaredKind.Message:
                WriteMessage(node, type, within);
                break;
            case DeclaredKind.Union:
                _lines.Add($"[{string.Join(", ", UnionAttributes(type, within))}]");
                Open(node, type.Symbol.TypeKind == TypeKind.Interface ? "interface" : "abstract class", BasesOf(type.Symbol, within));
                break;
            case DeclaredKind.Formatter:
                WriteFormatter(node, within);
                break;
            case DeclaredKind.Opaque when type.Symbol.TypeKind == TypeKind.Delegate:
                _lines.Add($"public delegate void {Header(type.Symbol)}();");
                return;
            default:
                Open(node, ContractShape.Keyword(type.Symbol).Replace("record struct", "struct").Replace("record", "class"), BasesOf(type.Symbol, within));
                break;
        }

        Close(node);
    }

    private IEnumerable<string> UnionAttributes(DeclaredType type, INamespaceSymbol within)
    {
        foreach ((int tag, INamedTypeSymbol item) in type.Cases)
        {
            yield return Attribute("Union", $"{Number(tag)}, typeof({names.Of(item, within)})");
        }

        if (type.Fallback is { } fallback)
        {
            yield return Attribute("IpcOpen", $"typeof({names.Of(fallback, within)})");
        }

        foreach (string reserved in Reserved(type.Symbol))
        {
            yield return reserved;
        }
    }

    private void WriteEnum(DeclaredType type)
    {
        INamedTypeSymbol symbol = type.Symbol;
        var attributes = new List<string>(Reserved(symbol));
        if (symbol.HasAttribute(AttributeNames.Flags))
        {
            attributes.Insert(0, "System.Flags");
        }
        else if (type.Values is { Openness: not EnumOpenness.Closed } values)
        {
            // Whoever compiles the text could mark it, whatever the reason for which it is open here.
            string? replacement = values.Replacement is { } constant ? $"{names.Of(symbol, symbol.ContainingNamespace)}.{TypeNames.Identifier(constant.Name)}" : null;
            attributes.Insert(0, Attribute("IpcOpen", replacement));
        }

        if (attributes.Count > 0)
        {
            _lines.Add($"[{string.Join(", ", attributes)}]");
        }

        _lines.Add($"public enum {TypeNames.DeclaredIdentifier(symbol.Name)}{EnumBody(symbol, type.Values is { Openness: EnumOpenness.Closed } ? int.MaxValue : MostValues)}");
    }

    /// <summary>What was and must not come again.</summary>
    private IEnumerable<string> Reserved(INamedTypeSymbol type)
        => Reservations.Of(type).Select(item => Attribute(
            "IpcReserved",
            string.Join(", ", new[] { item.Number?.ToString(CultureInfo.InvariantCulture), item.Name is { } name ? Literal(name) : null }.OfType<string>())));

    private string EnumBody(INamedTypeSymbol type, int most = MostValues)
    {
        string number = names.Of(type.EnumUnderlyingType!, type.ContainingNamespace);
        IEnumerable<string> values = type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field.HasConstantValue)
            .Take(most)
            .Select(field => $"{TypeNames.Identifier(field.Name)} = {Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture)}");
        return $"{(number == "int" ? "" : " : " + number)} {{ {string.Join(", ", values)} }}";
    }

    private void WriteMessage(Node node, DeclaredType type, INamespaceSymbol within)
    {
        bool isPlain = !type.IsArray && type.Members.All(member => member.Key == member.Name);
        string[] about = [.. isPlain ? [] : new[] { Attribute("IpcMessage") }, .. Reserved(type.Symbol)];
        if (about.Length > 0)
        {
            _lines.Add($"[{string.Join(", ", about)}]");
        }

        Open(node, type.Symbol.IsValueType ? "struct" : "sealed class", BasesOf(type.Symbol, within));
        foreach (MessageMember member in type.Members)
        {
            var attributes = new List<string>();
            if (!isPlain)
            {
                attributes.Add(Attribute("IpcKey", member.Index is { } index ? Number(index) : Literal(member.Key!)));
            }

            attributes.AddRange(ValueAttributes.Of(MessageMembers.AttributesOf(member.Symbol), names, within));
            string prefix = attributes.Count == 0 ? "" : $"[{string.Join(", ", attributes)}] ";
            _lines.Add($"{prefix}public {names.Of(member.Type, within)} {TypeNames.Identifier(member.Name)} {{ get; set; }}");
        }
    }

    private void WriteFormatter(Node node, INamespaceSymbol within)
    {
        INamedTypeSymbol[] interfaces = [.. CustomFormatters.Implemented(node.Symbol)];
        string formatter = names.Codec("IMessageFormatter");
        Open(node, "struct", interfaces.Select(item => $"{formatter}<{names.Of(item.TypeArguments[0], within)}>"));
        foreach (INamedTypeSymbol item in interfaces)
        {
            // One Read is public at most: overloads cannot differ by what they return.
            string value = names.Of(item.TypeArguments[0], within);
            _lines.Add($"public static void Write(ref {names.Codec("MessagePackWriter")} writer, {value} value) => throw null!;");
            string read = IsExplicit(node.Symbol, item.GetMembers("Read").Single()) ? $"static {value} {formatter}<{value}>." : $"public static {value} ";
            _lines.Add($"{read}Read(ref {names.Codec("MessagePackReader")} reader) => throw null!;");
        }
    }

    private static bool IsExplicit(INamedTypeSymbol type, ISymbol member)
        => type.FindImplementationForInterfaceMember(member) is IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation };

    /// <summary>The unions that a type belongs to: all else that it inherits has come down into it.</summary>
    private IEnumerable<string> BasesOf(INamedTypeSymbol type, INamespaceSymbol within)
    {
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (declaration.Find(ancestor) is { Kind: DeclaredKind.Union })
            {
                yield return names.Of(ancestor, within);
                break;
            }
        }

        foreach (INamedTypeSymbol implemented in type.AllInterfaces.Where(item => declaration.Find(item) is { Kind: DeclaredKind.Union }))
        {
            yield return names.Of(implemented, within);
        }
    }

    private IEnumerable<string> Faults(ISymbol symbol)
        => symbol.FindAttributes(AttributeNames.Fault)
            .Select(attribute => attribute.Positional<ITypeSymbol>(0))
            .OfType<ITypeSymbol>()
            .Select(detail => Attribute("IpcFault", $"typeof({names.Of(detail, symbol.ContainingNamespace)})"));

    private void Open(Node node, string keyword, IEnumerable<string> bases)
    {
        string inherited = string.Join(", ", bases);
        string constraints = string.Concat(node.Symbol.TypeParameters.Where(parameter => parameter.HasValueTypeConstraint).Select(parameter =>
            $" where {TypeNames.Identifier(parameter.Name)} : {(parameter.HasUnmanagedTypeConstraint ? "unmanaged" : "struct")}"));
        string kind = node.HoldsContract ? keyword.Insert(keyword.StartsWith("record", StringComparison.Ordinal) ? 0 : keyword.LastIndexOf(' ') + 1, "partial ") : keyword;
        _lines.Add($"public {kind} {Header(node.Symbol)}{(inherited.Length == 0 ? "" : " : " + inherited)}{constraints}");
        _lines.Add("{");
    }

    private void Close(Node node)
    {
        WriteAll(node.Nested);
        _lines.Add("}");
    }

    private static string Header(INamedTypeSymbol type)
        => TypeNames.DeclaredIdentifier(type.Name)
            + (type.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => TypeNames.Identifier(parameter.Name)))}>");

    private string Attribute(string name, string? arguments = null) => names.Attribute(name) + (arguments is null ? "" : $"({arguments})");

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A type among those beside it, with those in it.</summary>
    private sealed class Node(INamedTypeSymbol symbol, INamedTypeSymbol contract)
    {
        internal INamedTypeSymbol Symbol { get; } = symbol;

        internal SortedDictionary<string, Node> Nested { get; } = new(StringComparer.Ordinal);

        /// <summary>Null for a type that is there only because others are in it.</summary>
        internal Action<Node>? Write { get; set; }

        /// <summary>Whether the contract is declared in the type.</summary>
        internal bool HoldsContract { get; } = Outer(contract).Any(outer => SymbolEqualityComparer.Default.Equals(outer.OriginalDefinition, symbol));

        /// <summary>Whether it is the contract, or the contract is declared in it.</summary>
        internal bool LeadsToContract => HoldsContract || SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, Symbol);

        private static IEnumerable<INamedTypeSymbol> Outer(INamedTypeSymbol type)
        {
            for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            {
                yield return outer;
            }
        }
    }
}
