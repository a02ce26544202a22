using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// Names of generated formatters. Two types must never get one name, whatever their own names contain, so the translation can be
/// undone: a '.' becomes '_', and everything else that an identifier cannot hold, and '_' itself, becomes '_' and a digit. No
/// identifier starts with a digit, so a digit after '_' is always such a code.
/// </summary>
internal static class FormatterNames
{
    /// <summary>The namespace of all formatters that are generated into an assembly: below the assembly's own name.</summary>
    internal static string Namespace(Compilation compilation)
    {
        string assembly = Sanitize(compilation.AssemblyName ?? "");

        // A namespace and a type cannot have one name, and an assembly is often called after its main type.
        for (int end = assembly.IndexOf('.'); ; end = assembly.IndexOf('.', end + 1))
        {
            string prefix = end < 0 ? assembly : assembly.Substring(0, end);
            if (!compilation.GetTypesByMetadataName(prefix.Replace("@", "")).IsEmpty)
            {
                return "IpcGenerated." + Encode(assembly);
            }

            if (end < 0)
            {
                return assembly + ".IpcGenerated";
            }
        }
    }

    /// <summary>The name of the formatter of a type, from <see cref="TypeNames.Canonical"/>.</summary>
    internal static string Of(string canonicalName) => Encode(canonicalName) + "Formatter";

    private static string Sanitize(string assemblyName)
    {
        var text = new StringBuilder();
        foreach (string part in assemblyName.Split('.'))
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

            text.Append(text.Length == 0 ? "" : ".").Append(TypeNames.Identifier(identifier.ToString()));
        }

        return text.ToString();
    }

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
