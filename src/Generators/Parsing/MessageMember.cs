using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>A property or field that belongs to a message, with its key.</summary>
internal sealed class MessageMember(ISymbol symbol, ITypeSymbol type)
{
    internal ISymbol Symbol { get; } = symbol;

    internal ITypeSymbol Type { get; } = type;

    internal string Name => Symbol.Name;

    /// <summary>The key, one of the two.</summary>
    internal int? Index { get; set; }

    /// <summary>The key, one of the two.</summary>
    internal string? Key { get; set; }

    /// <summary>The Order of a [DataMember] with a Name: decides the order in the map.</summary>
    internal int Order { get; set; } = int.MaxValue;

    internal IMethodSymbol? Getter => (Symbol as IPropertySymbol)?.GetMethod;

    internal IMethodSymbol? Setter => (Symbol as IPropertySymbol)?.SetMethod;

    internal bool IsProperty => Symbol is IPropertySymbol;

    /// <summary>Whether somebody can set the member after construction, if need be through an accessor.</summary>
    internal bool IsSettable => Symbol is IFieldSymbol { IsReadOnly: false, IsConst: false } || Setter is not null;
}
