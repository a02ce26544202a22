namespace Contracts.Ipc.Cli.Dynamic.Syntax;

/// <summary>Reads the declaration of a contract, as the generator writes it, into the types that it declares.</summary>
internal sealed class DeclarationReader
{
    private static readonly HashSet<string> Modifiers = new(StringComparer.Ordinal) { "public", "sealed", "abstract", "partial", "static", "readonly", "record" };

    private readonly TokenReader _reader;
    private readonly List<TypeDeclaration> _types = [];
    private readonly List<AttributeNode> _assemblyAttributes = [];

    // Enums of the framework are comments to the compiler, which has them.
    private DeclarationReader(string text) => _reader = new TokenReader(text.Replace("\n// enum ", "\nenum ", StringComparison.Ordinal));

    internal static (IReadOnlyList<TypeDeclaration> Types, IReadOnlyList<AttributeNode> AssemblyAttributes) Read(string text)
    {
        var reader = new DeclarationReader(text);
        reader.ReadFile();
        return (reader._types, reader._assemblyAttributes);
    }

    private void ReadFile()
    {
        while (!_reader.AtEnd)
        {
            if (!_reader.TryTakeName("namespace"))
            {
                ReadType("", "", []);
                continue;
            }

            string space = string.Join('.', TypeReader.ReadNamed(_reader).Parts.Select(static part => part.Name));
            _reader.Expect("{");
            while (!_reader.TryTake("}"))
            {
                ReadType(space, space + ".", []);
            }
        }
    }

    private void ReadType(string space, string prefix, IReadOnlyList<string> outerParameters)
    {
        List<AttributeNode> attributes = TypeReader.ReadAttributes(_reader, "assembly", _assemblyAttributes);
        if (_reader.AtEnd || _reader.IsName("namespace"))
        {
            return;
        }

        ReadType(space, prefix, outerParameters, attributes);
    }

    private void ReadType(string space, string prefix, IReadOnlyList<string> outerParameters, List<AttributeNode> attributes)
    {
        _ = SkipModifiers();
        string kind = IsKind() ? _reader.TakeName() : "class";
        if (kind == "delegate")
        {
            _ = _reader.TakeName();
        }

        string name = TakeName(kind);
        var parameters = new List<string>(outerParameters);
        if (_reader.TryTake("<"))
        {
            do
            {
                parameters.Add(_reader.TakeName());
            }
            while (_reader.TryTake(","));
            _reader.Expect(">");
        }

        int own = parameters.Count - outerParameters.Count;
        var type = new TypeDeclaration
        {
            FullName = TypeKey.Of(prefix + name, own),
            Namespace = space,
            Kind = kind,
            Attributes = attributes,
            Parameters = parameters,
        };
        _types.Add(type);
        if (kind == "delegate")
        {
            _ = _reader.TakeUntil(";");
            _reader.Expect(";");
            return;
        }

        ReadBases(type);
        ReadConstraints(type);
        _reader.Expect("{");
        while (!_reader.TryTake("}"))
        {
            if (kind == "enum")
            {
                ReadValue(type);
            }
            else
            {
                ReadMember(type, space);
            }
        }
    }

    /// <summary>Only an enum of the framework has a name with dots.</summary>
    private string TakeName(string kind)
        => kind == "enum" ? string.Join('.', TypeReader.ReadNamed(_reader).Parts.Select(static part => part.Name)) : _reader.TakeName();

    private bool IsKind()
        => _reader.IsName("class") || _reader.IsName("struct") || _reader.IsName("interface") || _reader.IsName("enum") || _reader.IsName("delegate");

    /// <returns>Whether one of them said that a type follows.</returns>
    private bool SkipModifiers()
    {
        bool isType = false;
        while (Modifiers.Any(_reader.IsName))
        {
            isType |= _reader.Take().Text == "record";
        }

        return isType;
    }

    private void ReadBases(TypeDeclaration type)
    {
        if (!_reader.TryTake(":"))
        {
            return;
        }

        do
        {
            if (type.Kind == "enum")
            {
                type.Underlying = TypeReader.ReadNamed(_reader).LastName;
            }
            else
            {
                type.Bases.Add(TypeReader.ReadType(_reader));
            }
        }
        while (_reader.TryTake(","));
    }

    private void ReadConstraints(TypeDeclaration type)
    {
        while (_reader.TryTakeName("where"))
        {
            string parameter = _reader.TakeName();
            _reader.Expect(":");
            if (_reader.TakeName() is "struct" or "unmanaged")
            {
                _ = type.ValueParameters.Add(parameter);
            }
        }
    }

    private void ReadValue(TypeDeclaration type)
    {
        string name = _reader.TakeName();
        _reader.Expect("=");
        type.Values.Add((name, _reader.TakeUntil(",", "}")));
        _ = _reader.TryTake(",");
    }

    private void ReadMember(TypeDeclaration type, string space)
    {
        var ofResult = new List<AttributeNode>();
        List<AttributeNode> attributes = TypeReader.ReadAttributes(_reader, "return", ofResult);
        int signature = _reader.Current.Start;
        if (SkipModifiers() || IsKind())
        {
            ReadType(space, type.FullName + ".", type.Parameters, attributes);
            return;
        }

        TypeNode result = TypeReader.ReadType(_reader);
        string name = _reader.TakeName();
        if (_reader.TryTake("{"))
        {
            _ = _reader.TakeUntil("}");
            _reader.Expect("}");
            type.Members.Add(new MemberNode(name, result, attributes));
            return;
        }

        while (_reader.Is("<") || _reader.Is("."))
        {
            // An explicit implementation, in a formatter: of no interest.
            _ = _reader.TakeUntil("(");
        }

        _reader.Expect("(");
        List<ParameterNode> parameters = ReadParameters();
        int end = _reader.Current.Start;
        if (_reader.TryTake("=>"))
        {
            _ = _reader.TakeUntil(";");
        }

        type.Methods.Add(new MethodNode(name, result, parameters, attributes, ofResult, _reader.Text(signature, end)));
        _reader.Expect(";");
    }

    private List<ParameterNode> ReadParameters()
    {
        var parameters = new List<ParameterNode>();
        while (!_reader.TryTake(")"))
        {
            List<AttributeNode> attributes = TypeReader.ReadAttributes(_reader);
            _ = _reader.TryTakeName("ref");
            TypeNode type = TypeReader.ReadType(_reader);
            string name = _reader.TakeName();
            string? value = _reader.TryTake("=") ? _reader.TakeUntil(",", ")") : null;
            parameters.Add(new ParameterNode(name, type, attributes, value));
            _ = _reader.TryTake(",");
        }

        return parameters;
    }
}

/// <summary>How declared types are found: the full name, with the number of type parameters behind every part that has some.</summary>
internal static class TypeKey
{
    internal static string Of(string name, int parameters) => parameters == 0 ? name : $"{name}`{parameters}";

    internal static string Of(NamedTypeNode name) => string.Join('.', name.Parts.Select(static part => Of(part.Name, part.Arguments.Count)));
}
