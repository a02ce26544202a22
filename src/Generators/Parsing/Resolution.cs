using System.Collections.Immutable;
using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Who formats a type, or why nobody does.</summary>
internal readonly record struct Resolution
{
    private readonly ImmutableHashSet<string>? _uses;

    /// <summary>The formatter, fully qualified; null if there is none.</summary>
    internal string? Formatter { get; private init; }

    /// <summary>How the description of a contract spells the type.</summary>
    internal string Wire { get; private init; }

    /// <summary>
    /// Why there is no formatter, for the sentence "T cannot travel: …". Null if there is one, or if the reason was reported
    /// already, at the message type that is to blame.
    /// </summary>
    internal string? Reason { get; private init; }

    /// <summary>How the value is written without calling its formatter.</summary>
    internal InlineKind Inline { get; private init; }

    /// <summary>The enum that is cast from and to the inline kind.</summary>
    internal string? InlineEnum { get; private init; }

    /// <summary>Whether the formatter reads the value although generated code writes it.</summary>
    internal bool IsReadByFormatter { get; private init; }

    /// <summary>The emitted formatters that this one calls, directly or through those of the runtime.</summary>
    internal ImmutableHashSet<string> Uses
    {
        get => _uses ?? [];
        private init => _uses = value;
    }

    internal static Resolution Of(string formatter, string wire) => new() { Formatter = formatter, Wire = wire };

    /// <summary>A formatter of the runtime by its short name.</summary>
    internal static Resolution Runtime(string name, string wire)
        => Of(FormatterCatalogue.Namespace + name + "Formatter", wire);

    /// <summary>A formatter of the runtime that is generic over others.</summary>
    internal static Resolution Composed(string name, string wire, IEnumerable<Resolution> parts)
        => Of(FormatterCatalogue.Namespace + name, wire) with { Uses = [.. parts.SelectMany(part => part.Uses)] };

    /// <summary>A formatter that is emitted.</summary>
    internal static Resolution Generated(string space, string name, string wire)
        => Of("global::" + space + "." + name, wire) with { Uses = [name] };

    internal static Resolution Unsupported(string reason) => new() { Wire = "", Reason = reason };

    /// <summary>There is a problem that is reported elsewhere.</summary>
    internal static Resolution Reported => new() { Wire = "" };

    internal Resolution Inlined(InlineKind kind, string? enumType = null) => this with { Inline = kind, InlineEnum = enumType };

    /// <summary>An enum: written as its number, read by a formatter that knows its values.</summary>
    internal Resolution WrittenInline(InlineKind kind, string enumType) => this with { Inline = kind, InlineEnum = enumType, IsReadByFormatter = true };

    internal ValueModel ToValue(ITypeSymbol type) => new(TypeNames.Signature(type), Formatter ?? "", Inline, InlineEnum, IsReadByFormatter);
}
