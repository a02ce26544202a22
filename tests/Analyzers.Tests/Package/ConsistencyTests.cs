using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Package;

/// <summary>Generator and analyzers agree about any source: what is accepted compiles, what is refused is explained, and nothing throws.</summary>
public sealed class ConsistencyTests(ITestOutputHelper output)
{
    [Fact]
    public async Task What_the_analyzers_accept_compiles_and_what_they_refuse_causes_no_other_errors()
    {
        int first = Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") is { } given ? (int)ulong.Parse(given, provider: null) : Random.Shared.Next();
        output.WriteLine($"CONTRACTS_TEST_SEED={first}");
        int accepted = 0;
        const int Count = 30;
        for (int seed = first; seed < first + Count; seed++)
        {
            string source = new RandomSource(seed).Write();
            CSharpCompilation compilation = TestProject.Compile(source);
            Assert.True(!TestProject.ErrorsOf(compilation).Any(), $"The random source of seed {seed} does not compile:\n{string.Join('\n', TestProject.ErrorsOf(compilation))}\n{source}");
            var explained = await TestProject.AnalyzeAsync(compilation);
            Compilation generated = Generator.Run(compilation);
            HashSet<string> known = [.. compilation.GetDiagnostics().Select(diagnostic => diagnostic.ToString())];
            Diagnostic[] errors = [.. generated.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && !known.Contains(d.ToString()))];
            Assert.True(
                errors.Length == 0,
                $"Seed {seed}:\n{string.Join('\n', errors.Select(error => $"{error} {error.Location.SourceTree?.GetText().Lines[error.Location.GetLineSpan().StartLinePosition.Line]}"))}\nexplained:\n{string.Join('\n', explained)}\n{source}");
            Assert.Equal(explained.Select(d => d.ToString()), (await TestProject.AnalyzeAsync(generated)).Select(d => d.ToString()));
            accepted += explained.IsEmpty ? 1 : 0;
        }

        // Both happen, else the test proves nothing.
        output.WriteLine($"{accepted} of {Count} accepted");
        Assert.InRange(accepted, 1, Count - 1);
    }

    [Fact]
    public async Task Half_written_code_makes_neither_generator_nor_analyzers_fail()
    {
        int seed = Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") is { } given ? (int)ulong.Parse(given, provider: null) : Random.Shared.Next();
        output.WriteLine($"CONTRACTS_TEST_SEED={seed}");
        var random = new Random(seed);
        foreach (DiagnosticDescriptor rule in TestProject.Rules)
        {
            var page = Documentation.RulePage.Read(rule.Id);
            string text = (random.Next(2) == 0 ? page.Wrong : page.Right).Text;
            SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(text, TestProject.ParseOptions).GetRoot().DescendantTokens()];
            SyntaxToken token = tokens[random.Next(tokens.Length)];
            string broken = random.Next(3) == 0 ? text[..token.SpanStart] : text.Remove(token.SpanStart, token.Span.Length);
            CSharpCompilation compilation = TestProject.Compile(broken);
            await TestProject.AnalyzeAsync(compilation);
            await TestProject.AnalyzeAsync(Generator.Run(compilation));
        }
    }
}
