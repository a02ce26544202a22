using System.Reflection;
using System.Text.RegularExpressions;
using Acme;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Interop.Tests.SharedMemory;

/// <summary>What readers copy from docs/shared-memory.md compiles in C as well.</summary>
public sealed partial class GuideTests(CCompiler compiler) : IClassFixture<CCompiler>
{
    [Fact]
    public void Every_sample_in_C_is_accepted_without_a_warning()
    {
        string root = typeof(GuideTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!;
        string guide = File.ReadAllText(Path.Combine(root, "docs", "shared-memory.md"));
        MatchCollection samples = Sample().Matches(guide);
        Assert.NotEmpty(samples);
        foreach (Match sample in samples)
        {
            // A sample is what stands in a function, with the lines before it that begin with a number sign.
            string text = $"{sample.Groups["head"].Value}\nint main(void)\n{{\n{sample.Groups["body"].Value}\nreturn 0;\n}}\n";
            _ = compiler.CompileText($"sample{sample.Index}.c", text, SharedLayout.Of<Position>());
        }
    }

    [GeneratedRegex("^```c\n(?<head>(#[^\n]*\n)*)(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Sample();
}
