using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// What a nil in the slot of a keyed member means. A writer that does not have the member, because it is newer and the member was removed, leaves a gap, which travels as nil.
/// Where the member's own type has no nil, that is the only thing it can mean: the member keeps its initial value, as it does when its slot is beyond the end of the array.
/// </summary>
internal static class Gaps
{
    /// <summary>Whether a nil cannot be a value of the type.</summary>
    /// <param name="type">The member's type.</param>
    /// <param name="formatter">Who reads it.</param>
    /// <param name="space">The namespace of generated formatters.</param>
    internal static bool Reveal(ITypeSymbol type, Resolution formatter, string space)
        => type.IsValueType && !HasNil(type.OriginalDefinition) && IsOurs(formatter, space);

    private static bool HasNil(ITypeSymbol type) => type.MetadataName is "Nullable`1" or "ImmutableArray`1" or "Memory`1" or "ReadOnlyMemory`1" or "ArraySegment`1";

    // A formatter of the user's may write nil for anything.
    private static bool IsOurs(Resolution formatter, string space)
        => formatter.Formatter is { } name
            && (name.StartsWith(FormatterCatalogue.Namespace, StringComparison.Ordinal) || name.StartsWith("global::" + space + ".", StringComparison.Ordinal));
}
