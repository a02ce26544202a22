using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Declarations;

/// <summary>What a declared type is to the contract.</summary>
internal enum DeclaredKind
{
    /// <summary>Only mentioned: nothing of it travels but its name.</summary>
    Opaque,

    Message,
    Union,
    Enum,
    Formatter,
}

/// <summary>A type that a contract's declaration has to declare, in the form in which it is generic if it is.</summary>
internal sealed class DeclaredType(INamedTypeSymbol symbol, DeclaredKind kind)
{
    internal INamedTypeSymbol Symbol { get; } = symbol;

    internal DeclaredKind Kind { get; } = kind;

    /// <summary>Of a message: whether its members travel by index.</summary>
    internal bool IsArray { get; init; }

    /// <summary>Of a message.</summary>
    internal IReadOnlyList<MessageMember> Members { get; init; } = [];

    /// <summary>Of a union.</summary>
    internal IReadOnlyList<(int Tag, INamedTypeSymbol Type)> Cases { get; init; } = [];

    /// <summary>Of an open union: what stands for a case that is not known.</summary>
    internal INamedTypeSymbol? Fallback { get; init; }

    /// <summary>Of an enum that travels as one.</summary>
    internal EnumValues? Values { get; init; }
}
