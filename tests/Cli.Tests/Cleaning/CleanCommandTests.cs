using System.Text.Json;
using Contracts.Ipc.Cli.Cleaning;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;
using Contracts.Ipc.Cli.Tests.Harness;
using Contracts.Ipc.Cli.Tests.Servers;

namespace Contracts.Ipc.Cli.Tests.Cleaning;

/// <summary>Alone: other tests start servers, and a server cleans when it starts.</summary>
[Collection(Alone.Name)]
public sealed class CleanCommandTests
{
    [Fact]
    public async Task What_a_killed_server_left_is_shown_first_then_removed_and_the_living_keep_theirs()
    {
        await using OtherProcess living = await OtherProcess.ServeAsync();
        await using OtherProcess dead = await OtherProcess.ServeAsync();
        await dead.KillAsync();

        JsonElement stale = Assert.Single(
            (await ToolProcess.RunAsync("ls", "--json", "--timeout", "20")).Document().GetProperty("endpoints").EnumerateArray(),
            entry => entry.GetProperty("endpoint").GetString() == dead.Endpoint);
        Assert.Equal("stale", stale.GetProperty("state").GetString());

        string socket = SocketOf(dead);
        JsonElement rehearsal = (await ToolProcess.RunAsync("clean", "--dry-run", "--json")).Ended(ExitCode.Ok).Document();
        Assert.True(rehearsal.GetProperty("isDryRun").GetBoolean());
        Assert.Contains((socket, "wouldBeRemoved"), Fates(rehearsal));
        Assert.True(File.Exists(socket));

        JsonElement cleaning = (await ToolProcess.RunAsync("clean", "--json")).Ended(ExitCode.Ok).Document();
        Assert.Contains((socket, "removed"), Fates(cleaning));
        Assert.False(File.Exists(socket));
        Assert.All(cleaning.GetProperty("objects").EnumerateArray(), one => Assert.Equal(dead.Id, one.GetProperty("processId").GetInt32()));

        Assert.True(File.Exists(SocketOf(living)));
        await using IpcConnection connection = await IpcConnection.ConnectAsync(living.Endpoint);
        Assert.True(connection.IsOpen);
        Assert.Equal("Dead processes have left nothing.\n", (await ToolProcess.RunAsync("clean")).Ended(ExitCode.Ok).Output);
    }

    [Fact]
    public async Task What_a_living_server_has_taken_over_is_spared_with_its_process()
    {
        await using OtherProcess dead = await OtherProcess.ServeAsync();
        await dead.KillAsync();
        string journal = Directory.EnumerateFiles(Path.Combine(Surroundings.RuntimeDirectory, "contracts", "owners"), $"{dead.Id}-*").Single();
        string left = await File.ReadAllTextAsync(journal);

        // Its successor cleans when it starts; a journal of another dead one with the same names is what a crash in between leaves.
        await using OtherProcess living = await OtherProcess.ServeAtAsync(dead.Endpoint);
        await File.WriteAllTextAsync(journal, left);

        JsonElement cleaning = (await ToolRun.OfAsync("clean", "--json")).Document();
        JsonElement[] socket = [.. cleaning.GetProperty("objects").EnumerateArray().Where(one => one.GetProperty("name").GetString() == SocketOf(living))];
        Assert.Equal("spared", Assert.Single(socket).GetProperty("fate").GetString());
        Assert.Equal($"process {living.Id} lives and has it now", socket[0].GetProperty("reason").GetString());
        await using IpcConnection connection = await IpcConnection.ConnectAsync(living.Endpoint);
        Assert.True(connection.IsOpen);
    }

    [Fact]
    public void What_could_not_be_removed_is_shown_with_the_reason()
    {
        using var output = new StringWriter();
        var spared = new CleanedObject("mq", "/contracts.0.orders", 7, DateTimeOffset.UnixEpoch, ObjectFate.Spared, "a living process has it");
        CleaningPage.Show(new CleaningReport(false, [spared]), new PlainPage(output));
        Assert.Contains("spared  mq    /contracts.0.orders  7        a living process has it", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("0 removed, 1 spared, 0 failed.\n", output.ToString(), StringComparison.Ordinal);
    }

    private static string SocketOf(OtherProcess server) => Path.Combine(Surroundings.RuntimeDirectory, "contracts", $"{server.Endpoint.Split(':')[1]}.sock");

    private static IEnumerable<(string?, string?)> Fates(JsonElement report) =>
        report.GetProperty("objects").EnumerateArray().Select(one => (one.GetProperty("name").GetString(), one.GetProperty("fate").GetString()));
}
