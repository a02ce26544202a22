namespace Contracts.Ipc.Analyzers.Tests.Package;

/// <summary>What a project says about rules in its .editorconfig.</summary>
public sealed class SeverityTests(TemporaryProject project) : IClassFixture<TemporaryProject>
{
    [Fact]
    public async Task Severities_in_editorconfig_are_kept_for_a_rule_and_for_a_family()
    {
        Printed[] printed = await project.BuildAsync(new Dictionary<string, string>
        {
            [".editorconfig"] = """
                root = true

                [Loud.cs]
                dotnet_diagnostic.IPC4003.severity = error

                [Silent.cs]
                dotnet_diagnostic.IPC4003.severity = none

                [Family.cs]
                dotnet_analyzer_diagnostic.category-Contracts.Usage.severity = error
                """,
            ["Loud.cs"] = Source("Loud"),
            ["Silent.cs"] = Source("Silent"),
            ["Family.cs"] = Source("Family"),
            ["Plain.cs"] = Source("Plain"),
        });
        Assert.Equal(
            ["Family.cs(3): error IPC4003", "Loud.cs(3): error IPC4003", "Plain.cs(3): warning IPC4003"],
            printed.Select(line => line.ToString()).Order(StringComparer.Ordinal));
    }

    private static string Source(string name) => $$"""
        public class {{name}}
        {
            [OneWay]
            public void Note() { }
        }
        """;
}
