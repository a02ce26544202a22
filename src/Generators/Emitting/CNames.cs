using System.Globalization;
using System.Text;
using Contracts.Ipc.Generators.Parsing;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Names of fields and constants as C and C++ accept them.</summary>
internal static class CNames
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char", "class", "compl", "concept",
        "const", "const_cast", "constexpr", "continue", "decltype", "default", "delete", "do", "double", "dynamic_cast", "else", "enum", "explicit",
        "export", "extern", "false", "float", "for", "friend", "goto", "if", "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not",
        "not_eq", "nullptr", "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast", "requires", "restrict", "return",
        "short", "signed", "sizeof", "static", "static_assert", "static_cast", "struct", "switch", "template", "this", "thread_local", "throw", "true",
        "try", "typedef", "typeid", "typename", "typeof", "typeof_unqual", "union", "unsigned", "using", "virtual", "void", "volatile", "wchar_t", "while", "xor",
        "xor_eq", "linux", "unix",
    };

    /// <summary>Names for the fields of one struct, each different from the others.</summary>
    internal static List<string> Members(IEnumerable<string> names)
    {
        var unique = new UniqueNames([]);
        return [.. names.Select(name => unique.Take(Member(name)))];
    }

    /// <summary>A name in capitals: <c>ACME_SAMPLE</c>.</summary>
    internal static string Macro(string name) => name.ToUpperInvariant();

    private static string Member(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name)
        {
            text.Append(letter switch
            {
                >= (char)128 => "u" + ((int)letter).ToString("x4", CultureInfo.InvariantCulture),
                _ when char.IsLetterOrDigit(letter) => letter.ToString(),
                _ => "_",
            });
        }

        string plain = text.ToString();
        return Keywords.Contains(plain) ? plain + "_" : plain;
    }
}
