using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Declarations;

/// <summary>
/// Gathers what a contract consists of, to write it down as C#: the text with which people and tools understand a server whose assembly they do not have.
/// </summary>
/// <remarks>
/// The promise: compiled again, the text is a contract with the same fingerprint. Everything else may differ: members become properties, inherited
/// methods and members come down, formatters lose their code. It is not part of the fingerprint.
/// </remarks>
internal sealed class ContractDeclaration(INamedTypeSymbol contract)
{
    private readonly Dictionary<ISymbol, DeclaredType> _types = new(SymbolEqualityComparer.Default);
    private readonly SortedDictionary<string, INamedTypeSymbol> _formatters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, INamedTypeSymbol> _enumsElsewhere = new(StringComparer.Ordinal);
    private readonly List<ContractMethod> _methods = [];

    internal INamedTypeSymbol Contract { get; } = contract;

    internal IReadOnlyList<ContractMethod> Methods => _methods;

    internal bool TravelsAsSignals { get; set; }

    internal IEnumerable<DeclaredType> Types => _types.Values;

    /// <summary>Formatters that apply wherever their type is used.</summary>
    internal IEnumerable<INamedTypeSymbol> Formatters => _formatters.Values;

    /// <summary>Enums that whoever compiles the text has already: their names are told, but not declared.</summary>
    internal IEnumerable<INamedTypeSymbol> EnumsElsewhere => _enumsElsewhere.Values;

    internal void AddMethod(ContractMethod method) => _methods.Add(method);

    internal void AddEnum(INamedTypeSymbol type, EnumValues values)
    {
        Add(new DeclaredType(type, DeclaredKind.Enum) { Values = values });
        if (MentionedTypes.IsElsewhere(type))
        {
            _enumsElsewhere[TypeNames.Canonical(type)] = type;
        }
    }

    /// <param name="type">The union.</param>
    /// <param name="cases">Its cases.</param>
    /// <param name="fallback">What stands for others; null if they are refused.</param>
    internal void AddUnion(INamedTypeSymbol type, IReadOnlyList<(int Tag, INamedTypeSymbol Type)> cases, INamedTypeSymbol? fallback)
        => Add(new DeclaredType(type.OriginalDefinition, DeclaredKind.Union) { Cases = cases, Fallback = fallback });

    /// <param name="type">As it is declared.</param>
    /// <param name="isArray">Whether its members travel by index.</param>
    /// <param name="members">In the order in which they are written.</param>
    internal void AddMessage(INamedTypeSymbol type, bool isArray, IReadOnlyList<MessageMember> members)
        => Add(new DeclaredType(type, DeclaredKind.Message) { IsArray = isArray, Members = members });

    /// <param name="formatter">The formatter.</param>
    /// <param name="everywhere">Whether it applies wherever its type is used, instead of where it is named.</param>
    internal void AddFormatter(INamedTypeSymbol formatter, bool everywhere)
    {
        Add(new DeclaredType(formatter.OriginalDefinition, DeclaredKind.Formatter));
        if (everywhere)
        {
            _formatters[TypeNames.Canonical(formatter)] = formatter;
        }
    }

    /// <summary>Whether the type is declared here, and as what.</summary>
    internal DeclaredType? Find(INamedTypeSymbol type) => _types.TryGetValue(type.OriginalDefinition, out DeclaredType? declared) ? declared : null;

    /// <summary>One line for each declaration, without indentation.</summary>
    internal EquatableArray<string> ToLines(string wireName)
    {
        DeclareMentioned();
        return new DeclarationWriter(this, new DeclarationNames(this)).Write(wireName).ToEquatableArray();
    }

    private void Add(DeclaredType type)
    {
        if (!_types.ContainsKey(type.Symbol) && !MentionedTypes.IsElsewhere(type.Symbol))
        {
            _types.Add(type.Symbol, type);
        }
    }

    /// <summary>Declares what is only mentioned, such as the element of a packed array or an unused type argument.</summary>
    private void DeclareMentioned()
    {
        foreach (INamedTypeSymbol type in MentionedTypes.Of(this))
        {
            Add(new DeclaredType(type.OriginalDefinition, type.TypeKind == TypeKind.Enum ? DeclaredKind.Enum : DeclaredKind.Opaque));
        }
    }
}
