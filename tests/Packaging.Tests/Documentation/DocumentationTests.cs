using System.Xml.Linq;

namespace Contracts.Ipc.Packaging.Tests.Documentation;

public sealed class DocumentationTests
{
    [Fact]
    public void Every_link_between_pages_leads_somewhere()
    {
        IEnumerable<MarkdownLink> broken = MarkdownLink.Pages().SelectMany(MarkdownLink.In).Where(link => !link.Resolves());
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_decision_is_listed_in_the_index_under_a_number_of_its_own()
    {
        string[] decisions = [.. Directory.EnumerateFiles(Repository.PathOf("docs/adr")).Select(path => Path.GetFileName(path)!).Where(name => name != "README.md")];
        string index = File.ReadAllText(Repository.PathOf("docs/adr/README.md"));
        Assert.All(decisions, decision => Assert.Contains($"({decision})", index, StringComparison.Ordinal));
        Assert.All(decisions, decision => Assert.Matches("^[0-9]{4}-[a-z0-9-]+[.]md$", decision));
        Assert.Equal(decisions.Length, decisions.Select(decision => decision[..4]).Distinct().Count());
    }

    // That every public member has a comment is an error of the compiler (CS1591); this is about comments that say nothing.
    [Fact]
    public void Every_comment_of_the_public_api_has_a_summary_with_words()
    {
        HashSet<string?> types = [.. typeof(IpcServer).Assembly.GetExportedTypes().Select(type => type.FullName?.Replace('+', '.'))];
        string file = Path.ChangeExtension(typeof(IpcServer).Assembly.Location, ".xml");
        IEnumerable<string> empty = XDocument.Load(file).Descendants("member")
            .Where(member => member.Element("inheritdoc") is null && string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value)
            .Where(name => types.Contains(DeclaringType(name)));
        Assert.Empty(empty);
    }

    // "M:Space.Type.Member(System.Int32)" belongs to "Space.Type", "T:Space.Type" to itself.
    private static string DeclaringType(string id)
    {
        string name = id[2..].Split('(')[0];
        return id[0] == 'T' ? name : name[..name.LastIndexOf('.')];
    }

    [Fact]
    public void No_source_of_the_runtime_switches_the_compiler_s_check_of_comments_off()
    {
        IEnumerable<string> sources = Directory
            .EnumerateFiles(Repository.PathOf("src/Runtime"), "*.cs*", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("CS1591", StringComparison.Ordinal));
        Assert.Empty(sources);
    }
}
