using System.Reflection;

namespace Contracts.Ipc.Evolution.Tests.Documentation;

/// <summary>The tables of docs/versioning.md are what the tests try; CONTRACTS_UPDATE_SNAPSHOTS=1 writes them anew.</summary>
public sealed class VersioningPageTests
{
    private const string Begin = "<!-- tried -->\n";

    private const string End = "<!-- /tried -->\n";

    private static readonly string PagePath = Path.Combine(
        typeof(VersioningPageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static metadata => metadata.Key == "RepositoryRoot").Value!, "docs", "versioning.md");

    [Fact]
    public void The_page_says_what_the_tests_show()
    {
        string page = File.ReadAllText(PagePath);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        string expected = page[..begin] + VerdictTable.Write() + page[page.IndexOf(End, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("CONTRACTS_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(PagePath, expected);
            return;
        }

        Assert.Equal(expected, page);
    }
}
