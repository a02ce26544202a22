using System.Collections.Immutable;
using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>
/// The baseline that stands in the comments at the head of a source, so that a sample shows both: <c>// IpcContracts.Shipped.txt:</c> and its lines, each behind
/// <c>//   </c>. Heads and hashes are filled in, unless the sample writes them itself. <c>// Name = value</c> is a property of the project.
/// </summary>
internal sealed class BaselineSample
{
    private readonly Dictionary<string, List<string>> _files = new(StringComparer.Ordinal);

    private BaselineSample(string source)
    {
        List<string>? file = null;
        foreach (string line in source.Split('\n').SkipWhile(line => line.StartsWith("#pragma", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal)))
        {
            if (line.StartsWith("//   ", StringComparison.Ordinal))
            {
                file?.Add(line[5..].Trim());
            }
            else if (line.TrimEnd().EndsWith(".txt:", StringComparison.Ordinal))
            {
                file = [];
                _files[line[3..].Trim().TrimEnd(':')] = file;
            }
            else if (line.Contains(" = ", StringComparison.Ordinal))
            {
                string[] parts = line[3..].Split(" = ");
                Properties["build_property." + parts[0]] = parts[1].Trim();
            }
        }
    }

    internal Dictionary<string, string> Properties { get; } = [];

    /// <summary>Name and text of each file.</summary>
    internal IEnumerable<(string Name, string Text)> Files => _files.Select(file => (file.Key, TextOf(file.Key, file.Value)));

    internal ImmutableArray<AdditionalText> Texts => [.. Files.Select(file => new TextFile(file.Name, file.Text))];

    internal static BaselineSample Of(string source) => new(source);

    private static string TextOf(string name, List<string> lines)
    {
        if (lines.Any(line => line.StartsWith("#contracts", StringComparison.Ordinal)))
        {
            return string.Join('\n', lines) + "\n";
        }

        string text = $"{BaselineFile.Header}\n{string.Join('\n', lines)}\n";
        if (name != BaselineFile.Shipped)
        {
            return text;
        }

        // What cannot be read has no hash.
        var file = BaselineFile.Parse(SourceText.From(text));
        string hashed = BaselineFile.ToShipped(file.Facts);
        return text.Replace(BaselineFile.Header, hashed[..hashed.IndexOf('\n', hashed.IndexOf('\n', StringComparison.Ordinal) + 1)], StringComparison.Ordinal);
    }

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        public override string Path { get; } = path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
