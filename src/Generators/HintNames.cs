using System.Globalization;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing;

namespace Contracts.Ipc.Generators;

/// <summary>
/// Names of generated files. The compiler compares them without case and some file systems limit their length, so a name gets a hash
/// where its own text is not enough.
/// </summary>
internal static class HintNames
{
    // A file name may have 255 bytes; with a hash, an extension and letters of several bytes this stays below.
    private const int LongestName = 100;

    /// <summary>The names that differ from another one by case only, in lower case.</summary>
    internal static EquatableArray<string> Ambiguous(IEnumerable<string> names)
        => names
            .Distinct(StringComparer.Ordinal)
            .GroupBy(name => name.ToLowerInvariant(), StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToEquatableArray();

    internal static string Of(string name, EquatableArray<string> ambiguous) => Stem(name, ambiguous) + ".g.cs";

    /// <summary>The file that carries a C header: what comes before <c>.g.cs</c> is the name that the header gets.</summary>
    internal static string OfHeader(string name, EquatableArray<string> ambiguous) => Stem(name, ambiguous) + ".h.g.cs";

    private static string Stem(string name, EquatableArray<string> ambiguous)
    {
        bool needsHash = name.Length > LongestName || ambiguous.Contains(name.ToLowerInvariant(), StringComparer.Ordinal);
        return needsHash
            ? $"{(name.Length > LongestName ? name.Substring(0, LongestName) : name)}.{Fnv1a.Hash(name).ToString("x16", CultureInfo.InvariantCulture)}"
            : name;
    }
}
