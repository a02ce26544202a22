using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Transports.StandardIO;

namespace Contracts.Ipc.Integration.Tests.StandardIO;

/// <summary>What a child prints, whenever and however, does not get between the messages, and arrives.</summary>
public sealed class ConsoleTests
{
    [Fact]
    public async Task What_is_printed_before_the_child_serves_is_told_apart_from_what_it_serves()
    {
        var children = new Children();
        await using IpcProcess child = await children.StartAsync();
        Assert.Equal(3, await Children.Proxy(child).EchoAsync(3).InTime());
        Assert.Equal(["printed before", "unfinished before"], children.Lines);
        Assert.Equal("printed before\nunfinished before", child.OutputTail);
    }

    [Theory]
    [InlineData(PrintedBy.Console)]
    [InlineData(PrintedBy.WriterFromBefore)]
    [InlineData(PrintedBy.StreamFromBefore)]
    [InlineData(PrintedBy.NativeCode)]
    [InlineData(PrintedBy.Grandchild)]
    [InlineData(PrintedBy.StandardError)]
    public async Task What_is_printed_while_the_child_serves_arrives_and_calls_go_on(PrintedBy how)
    {
        var children = new Children();
        await using IpcProcess child = await children.StartAsync();
        IChild proxy = Children.Proxy(child);
        for (int i = 0; i < 20; i++)
        {
            Task<int> beside = proxy.EchoAsync(i).AsTask();
            await proxy.PrintAsync(how, $"line {i} by {how}").InTime();
            Assert.Equal(i, await beside.InTime());
        }

        children.Sees($"line 19 by {how}");
        Assert.Equal(20, children.Lines.Count(line => line.EndsWith($" by {how}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_printed_after_the_child_served_arrives()
    {
        var children = new Children();
        await using IpcProcess child = await children.StartAsync();
        Assert.Equal(0, await child.StopAsync().InTime());
        children.Sees("printed after");
    }

    [Fact]
    public async Task Reading_the_console_of_a_child_says_that_there_is_nothing()
    {
        await using IpcProcess child = await new Children().StartAsync();
        Assert.Null(await Children.Proxy(child).ReadLineAsync().InTime());
        Assert.Equal(1, await Children.Proxy(child).EchoAsync(1).InTime());
    }

    [Fact]
    public async Task A_flood_on_standard_error_holds_up_nobody()
    {
        var children = new Children();
        await using IpcProcess child = await children.StartAsync();
        await Children.Proxy(child).FloodAsync(20_000).InTime();
        Assert.True(Within.Eventually(() => children.Lines.Count >= 20_000));
        Assert.Equal(1, await Children.Proxy(child).EchoAsync(1).InTime());
        Assert.InRange(child.OutputTail.Split('\n').Length, 1, 50);
    }

    [Fact]
    public async Task A_handler_of_lines_that_fails_costs_the_line_only()
    {
        var log = new RecordedLog();
        var children = new Children();
        children.Options.Connection.LoggerFactory = log;
        children.Options.OutputReceived = static _ => throw new InvalidOperationException("not today");
        await using IpcProcess child = await children.StartAsync();
        await Children.Proxy(child).PrintAsync(PrintedBy.Console, "hello").InTime();
        Assert.True(Within.Eventually(() => log.Lines.Any(line => line is { Id: 320 } && line.Text.EndsWith("hello", StringComparison.Ordinal))));
        Assert.Contains(log.Lines, static line => line.Id == 321);
    }

    [Theory]
    [InlineData("portable", true)]
    [InlineData("portable", false)]
    [InlineData("serve", false)]
    public async Task Where_there_are_only_streams_the_console_moves_out_as_well(string command, bool usesDescriptors)
    {
        var children = new Children();
        ChildPipes.UsesDescriptors = usesDescriptors;
        try
        {
            await using IpcProcess child = await children.StartAsync(command);
            IChild proxy = Children.Proxy(child);
            await proxy.PrintAsync(PrintedBy.Console, "by the console").InTime();
            children.Sees("by the console");
            Assert.Null(await proxy.ReadLineAsync().InTime());
            byte[] large = new byte[1 << 20];
            Random.Shared.NextBytes(large);
            Assert.Equal(large, await proxy.EchoBytesAsync(large).InTime());
            Assert.Equal(0, await child.StopAsync().InTime());
        }
        finally
        {
            ChildPipes.UsesDescriptors = true;
        }
    }

    [Fact]
    public async Task The_pipes_are_held_by_the_channel_alone_and_inherited_by_nobody()
    {
        string[] before = Pipes("self");
        await using IpcProcess child = await new Children().StartAsync();
        IChild proxy = Children.Proxy(child);
        Dictionary<int, string> open = await proxy.DescriptorsAsync().InTime();
        Assert.Equal("/dev/null", open[0]);
        Assert.Equal(open[2], open[1]);
        string[] channel = [.. Pipes("self").Except(before).Where(pipe => pipe != open[2])];
        Assert.Equal(2, channel.Length);
        Assert.All(channel, pipe => Assert.Single(open, descriptor => descriptor.Value == pipe));
        int grandchild = await proxy.StartLongAsync().InTime();
        try
        {
            Assert.Contains(open[2], Pipes($"{grandchild}"));
            Assert.Empty(Pipes($"{grandchild}").Intersect(channel));

            // The grandchild lives on: the connection ends with the child all the same.
            child.Kill();
            Assert.Equal(IpcCloseKind.Lost, (await child.Connection.Closed.InTime()).Kind);
        }
        finally
        {
            System.Diagnostics.Process.GetProcessById(grandchild).Kill();
        }
    }

    private static string[] Pipes(string process)
        => [.. Directory.GetFiles($"/proc/{process}/fd").Select(static path => new FileInfo(path).LinkTarget ?? "").Where(static target => target.StartsWith("pipe:", StringComparison.Ordinal))];
}
