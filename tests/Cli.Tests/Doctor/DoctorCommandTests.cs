using System.Text.Json;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Tests.Harness;

namespace Contracts.Ipc.Cli.Tests.Doctor;

public sealed class DoctorCommandTests
{
    [Fact]
    public async Task The_document_has_a_verdict_and_findings_with_area_name_value_verdict_and_advice()
    {
        ToolRun run = await ToolProcess.RunAsync("doctor", "--json");
        JsonElement document = run.Document();
        string worst = document.GetProperty("verdict").GetString()!;
        Assert.Equal(worst == "error" ? ExitCode.Unwell : ExitCode.Ok, run.Code);
        JsonElement[] findings = [.. document.GetProperty("findings").EnumerateArray()];
        Assert.Contains(worst, findings.Select(finding => finding.GetProperty("verdict").GetString()));
        Assert.All(findings, finding => Assert.Equal(["area", "name", "value", "verdict", "advice"], finding.EnumerateObject().Select(member => member.Name)));
        Assert.All(findings, finding => Assert.True(
            finding.GetProperty("verdict").GetString() == "ok" || finding.GetProperty("advice").GetString() is { Length: > 0 }));
    }

    [Fact]
    public async Task What_this_machine_offers_is_found_by_trying_it()
    {
        JsonElement document = (await ToolRun.OfAsync("doctor", "--json")).Document();
        JsonElement mutexes = document.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("name").GetString() == "robust mutexes");
        Assert.Equal("yes", mutexes.GetProperty("value").GetString());
    }
}
