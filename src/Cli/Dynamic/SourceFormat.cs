using System.Text;

namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>Gives a declaration, which has one line for each member and no indentation, the look of a file.</summary>
internal static class SourceFormat
{
    private const int IndentSize = 4;

    // What a declaration takes for granted. The annotations are the contract's; whether a peer keeps them is not for a compiler to know.
    private const string Header =
        """
        #nullable enable annotations
        #nullable disable warnings
        using Contracts.Ipc;
        using Contracts.Ipc.Serialization;
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    internal static string Of(string declaration)
    {
        var text = new StringBuilder(Header.ReplaceLineEndings("\n"));
        int indent = 0;
        string before = "";
        foreach (string line in declaration.Split('\n'))
        {
            if (line == "}")
            {
                indent--;
            }

            if (NeedsSpace(before, line))
            {
                text.Append('\n');
            }

            text.Append(' ', indent * IndentSize).Append(line).Append('\n');
            if (line == "{")
            {
                indent++;
            }

            before = line;
        }

        return text.ToString();
    }

    /// <summary>Members of messages stand close together; everything else is set apart, behind its attributes.</summary>
    private static bool NeedsSpace(string before, string line)
    {
        bool begins = line is not ("{" or "}") && before != "{" && !IsAttribute(before);
        return begins && (!IsProperty(line) || before == "}") && !(IsAssembly(before) && IsAssembly(line));
    }

    private static bool IsAttribute(string line) => line.StartsWith('[') && line.EndsWith(']') && !IsAssembly(line);

    private static bool IsAssembly(string line) => line.StartsWith("[assembly:", StringComparison.Ordinal);

    private static bool IsProperty(string line) => line.EndsWith("{ get; set; }", StringComparison.Ordinal);
}
