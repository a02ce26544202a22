using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Analyzers.Tests.Documentation;

/// <summary>
/// A page for readers, as a program: what its C# declares is there for the whole page, and every run of statements is a method of its own. What a block uses
/// without having declared it stands in the fields of a class named Context, and an ellipsis stands for nothing.
/// </summary>
internal sealed partial record GuidePage(string Path, string Context)
{
    internal CSharpCompilation Compile()
    {
        SyntaxTree[] blocks = [.. Blocks().Select(Parse)];
        Assert.NotEmpty(blocks);
        return TestProject.Compile(Context).AddSyntaxTrees(blocks);
    }

    private IEnumerable<string> Blocks() => Block()
        .Matches(File.ReadAllText(Repository.PathOf(Path)).ReplaceLineEndings("\n"))
        .Select(match => match.Groups["code"].Value.Replace("…", "", StringComparison.Ordinal));

    private static SyntaxTree Parse(string code, int number)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, TestProject.ParseOptions, $"Block{number}.cs");
        return !tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any()
            ? tree
            : CSharpSyntaxTree.ParseText(
                $$"""
                internal sealed class Block{{number}} : Context
                {
                    public static async Task RunAsync()
                    {
                #line 1
                {{code}}
                #line hidden
                        await Task.CompletedTask;
                    }
                }
                """,
                TestProject.ParseOptions,
                tree.FilePath);
    }

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
