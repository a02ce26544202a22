using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// Names of generated formatters. Two types must never get one name, whatever their own names contain, so the translation can be
/// undone: a '.' becomes '_', and everything else that an identifier cannot hold, and '_' itself, becomes '_' and a digit. No
/// identifier starts with a digit, so a digit after '_' is always such a code.
/// </summary>
internal static class FormatterNames
{
    /// <summary>The namespace of all formatters that are generated into an assembly.</summary>
    internal static string Namespace(string? assemblyName)
    {
        var text = new StringBuilder();
        foreach (string part in (assemblyName ?? "").Split('.'))
        {
            var identifier = new StringBuilder();
            foreach (char c in part)
            {
                identifier.Append(SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_');
            }

            if (identifier.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(identifier[0]))
            {
                identifier.Insert(0, '_');
            }

            text.Append(TypeNames.Identifier(identifier.ToString())).Append('.');
        }

        return text.Append("IpcGenerated").ToString();
    }

    /// <summary>The name of the formatter of a type, from <see cref="TypeNames.Canonical"/>.</summary>
    internal static string Of(string canonicalName) => Encode(canonicalName) + "Formatter";

    private static string Encode(string canonicalName)
    {
        string name = canonicalName.Replace("global::", "").Replace("@", "");
        var text = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            switch (c)
            {
                case '.':
                    text.Append('_');
                    break;
                case ' ':
                    break;
                case '_':
                    text.Append("_0");
                    break;
                case '<':
                    text.Append("_1");
                    break;
                case '>':
                    text.Append("_2");
                    break;
                case ',':
                    text.Append("_3");
                    break;
                case '[':
                    text.Append("_4");
                    break;
                case ']':
                    text.Append("_5");
                    break;
                case '?':
                    text.Append("_6");
                    break;
                case '(':
                    text.Append("_7");
                    break;
                case ')':
                    text.Append("_8");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        return text.ToString();
    }
}
