using System.Text.RegularExpressions;
using Contracts.Ipc.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Tests.Harness;

/// <summary>What generated contracts say of themselves as C#.</summary>
internal static partial class Declarations
{
    private const string Fence = "\"\"\"";

    /// <summary>Of each contract that was generated: its fingerprint and its declaration.</summary>
    internal static IEnumerable<(string Fingerprint, string Declaration)> Of(GeneratorRun run)
        => run.Files.Select(file => file.SourceText.ToString())
            .Where(text => text.Contains("declaration: static () =>", StringComparison.Ordinal))
            .Select(text => (Fingerprint().Match(text).Groups[1].Value, Declaration(text)));

    /// <summary>As a file of its own: with what a declaration takes for granted.</summary>
    internal static string ToSource(string declaration)
        => "#nullable enable annotations\n#nullable disable warnings\n" + string.Concat(DeclarationNames.ImportedNamespaces.Select(name => $"using {name};\n")) + declaration;

    /// <summary>Asserts that every declaration compiles by itself, without a warning, to a contract with the same fingerprint.</summary>
    internal static GeneratorRun DeclareThemselves(this GeneratorRun run)
    {
        foreach ((string fingerprint, string declaration) in Of(run))
        {
            string source = ToSource(declaration);
            GeneratorRun again = GeneratorRun.Of(TestCompilation.CreateBare(source));
            string[] diagnostics = [.. again.Output.GetDiagnostics().Where(diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false }).Select(diagnostic => diagnostic.ToString())];
            Assert.True(diagnostics.Length == 0, $"{string.Join('\n', diagnostics)}\n{source}");
            (string Fingerprint, string Declaration)[] made = [.. Of(again)];
            Assert.True(made.Length == 1, source);
            Assert.True(made[0].Fingerprint == fingerprint, $"{fingerprint} became {made[0].Fingerprint}:\n{source}\n{string.Join('\n', again.Files.Select(file => file.SourceText))}");
            Assert.Equal(declaration, made[0].Declaration);
        }

        return run;
    }

    private static string Declaration(string text)
    {
        int start = text.IndexOf(Fence + "\n", StringComparison.Ordinal) + Fence.Length + 1;
        string body = text[start..text.IndexOf(Fence + "u8", StringComparison.Ordinal)];
        return string.Join('\n', body.Split('\n').Select(static line => line.TrimStart(' '))).TrimEnd('\n');
    }

    [GeneratedRegex("fingerprint: 0x([0-9a-f]{16})")]
    private static partial Regex Fingerprint();
}
