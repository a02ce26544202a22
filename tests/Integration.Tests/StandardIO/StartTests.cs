using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.StandardIO;

/// <summary>From the start of a child to its first call, and everything that can go wrong in between.</summary>
public sealed class StartTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Both_sides_call_each_other()
    {
        var children = new Children();
        _ = children.Options.Connection.AddService<IChild>(new Parent());
        await using IpcProcess child = await children.StartAsync();
        Assert.Equal(-5, await Children.Proxy(child).EchoByParentAsync(5).InTime());
        Assert.Equal(child.Id, child.Connection.Peer.ProcessId);
        Assert.Equal(IpcEndpoint.StandardIO, child.Connection.Endpoint);
    }

    [Fact]
    public async Task Large_messages_go_both_ways_at_once()
    {
        await using IpcProcess child = await new Children().StartAsync();
        IChild proxy = Children.Proxy(child);
        byte[][] messages = [.. Enumerable.Range(0, 8).Select(static i =>
        {
            byte[] bytes = new byte[(i + 1) << 19];
            new Random(i).NextBytes(bytes);
            return bytes;
        })];
        byte[][] echoes = await Task.WhenAll(messages.Select(bytes => proxy.EchoBytesAsync(bytes).AsTask())).InTime();
        for (int i = 0; i < messages.Length; i++)
        {
            Assert.True(messages[i].AsSpan().SequenceEqual(echoes[i]));
        }
    }

    [Fact]
    public async Task A_steady_call_allocates_nothing_on_either_side()
    {
        const int Calls = 5000;
        await using IpcProcess child = await new Children().StartAsync();
        ILean lean = child.Connection.GetProxy<ILean>();
        double here = double.MaxValue;
        double there = double.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            long thereBefore = lean.AllocatedBytes();
            long hereBefore = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Calls; i++)
            {
                _ = await lean.AddAsync(i, 1);
            }

            here = Math.Min(here, (GC.GetTotalAllocatedBytes(precise: true) - hereBefore) / (double)Calls);
            there = Math.Min(there, (lean.AllocatedBytes() - thereBefore) / (double)Calls);
        }

        output.WriteLine($"{here:0.00} bytes per call at the parent, {there:0.00} at the child.");
        Assert.InRange(here, 0, 2);
        Assert.InRange(there, 0, 2);
    }

    [Fact]
    public async Task A_shell_may_stand_between()
    {
        var children = new Children();
        await using IpcProcess child = await children.RunAsync("/bin/sh", "-c", $"echo from the shell; '{PeerProcess.Program}' child serve; exit 3");
        Assert.Equal(1, await Children.Proxy(child).EchoAsync(1).InTime());
        children.Sees("from the shell");
        Assert.Equal(3, await child.StopAsync().InTime());
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_an_error_that_names_it()
    {
        IpcProcessException error = await Assert.ThrowsAsync<IpcProcessException>(() => new Children().RunAsync("/nowhere/plugin"));
        Assert.Contains("/nowhere/plugin", error.Message, StringComparison.Ordinal);
        Assert.Null(error.ProcessId);
    }

    [Fact]
    public async Task A_child_that_ends_before_it_serves_is_an_error_with_exit_code_and_last_words()
    {
        IpcProcessException error = await Assert.ThrowsAsync<IpcProcessException>(() => new Children().RunAsync("/bin/sh", "-c", "echo to output; echo no licence >&2; exit 3"));
        output.WriteLine(error.Message);
        Assert.Equal(3, error.ExitCode);
        Assert.Equal(["no licence", "to output"], error.OutputTail.Split('\n').Order(StringComparer.Ordinal));
        Assert.Contains("no licence", error.Message, StringComparison.Ordinal);
        Assert.Equal(IpcDelivery.NotSent, error.Delivery);
    }

    [Fact]
    public async Task A_child_that_ends_and_leaves_its_output_to_another_is_found_out()
    {
        IpcProcessException error = await Assert.ThrowsAsync<IpcProcessException>(() => new Children().RunAsync("/bin/sh", "-c", "sleep 2 & exit 5"));
        Assert.Equal(5, error.ExitCode);
    }

    [Fact]
    public async Task A_child_that_never_serves_runs_into_the_timeout_and_is_killed()
    {
        var children = new Children();
        children.Options.Connection.ConnectTimeout = TimeSpan.FromMilliseconds(300);
        IpcProcessException error = await Assert.ThrowsAsync<IpcProcessException>(() => children.RunAsync("/bin/sh", "-c", "echo what shall I do; exec sleep 1000"));
        output.WriteLine(error.Message);
        Assert.Contains("ConnectTimeout", error.Message, StringComparison.Ordinal);
        Assert.Null(error.ExitCode);
        Assert.True(Children.HasEnded(error.ProcessId!.Value));
    }

    [Fact]
    public async Task A_child_that_closes_its_output_and_stays_is_killed()
    {
        IpcProcessException error = await Assert.ThrowsAsync<IpcProcessException>(() => new Children().RunAsync("/bin/sh", "-c", "exec sleep 1000 >&-"));
        Assert.Contains("closed its standard output", error.Message, StringComparison.Ordinal);
        Assert.True(Children.HasEnded(error.ProcessId!.Value));
    }

    [Fact]
    public async Task A_cancelled_start_kills_the_child()
    {
        using var source = new CancellationTokenSource();
        var children = new Children();
        string? process = null;
        children.Options.OutputReceived = line =>
        {
            process = line;
            source.Cancel();
        };
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => IpcProcess.StartAsync(new ProcessStartInfo("/bin/sh", ["-c", "echo $$; exec sleep 1000"]), children.Options, source.Token).InTime());
        Assert.True(Within.Eventually(() => Children.HasEnded(int.Parse(process!, System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task A_child_listens_once()
    {
        await using IpcProcess child = await new Children().StartAsync();
        Assert.Contains("in use, or were", await Children.Proxy(child).ListenAgainAsync().InTime(), StringComparison.Ordinal);
        Assert.Equal(1, await Children.Proxy(child).EchoAsync(1).InTime());
    }

    [Fact]
    public async Task A_child_that_connects_is_told_to_listen()
    {
        IpcProcessException error = await Assert.ThrowsAsync<IpcProcessException>(() => new Children().StartAsync("connect"));
        Assert.Equal(4, error.ExitCode);
        Assert.Contains("RunAsync(\"stdio:\")", error.OutputTail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("< /dev/null", "standard input")]
    [InlineData("> /dev/null", "standard output")]
    [InlineData("", "standard error goes into the same pipe")]
    public async Task A_process_without_pipes_is_told_what_stdio_is_for(string redirection, string words)
    {
        await using PeerProcess shell = PeerProcess.Run(["/bin/sh", "-c", $"cat < /dev/null | {{ \"$0\" child serve {redirection}; }} 2>&1 | cat"]);
        Assert.Contains(words, await ReadAllAsync(shell), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_a_program_of_its_own_can_be_started()
    {
        var startInfo = new ProcessStartInfo("/bin/true") { UseShellExecute = true };
        _ = await Assert.ThrowsAsync<ArgumentException>(() => IpcProcess.StartAsync(startInfo));
    }

    [Fact]
    public async Task A_hundred_starts_leave_nothing_behind()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(StartAndEndAsync)).InTime();

        int threads = Process.GetCurrentProcess().Threads.Count;
        Dictionary<string, int> before = Belongings.Count();
        for (int round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 5).Select(StartAndEndAsync)).InTime();
        }

        Assert.True(Within.Eventually(() => Belongings.Excess(before).Count == 0), string.Join("; ", Belongings.Excess(before)));
        Assert.InRange(Process.GetCurrentProcess().Threads.Count, 0, threads + 8);
    }

    /// <summary>One that serves and is disposed, one that serves and is killed, one that ends early, one that is killed because it never serves, one that does not exist.</summary>
    private static async Task StartAndEndAsync(int i)
    {
        var children = new Children();
        switch (i)
        {
            case 2:
                _ = await Assert.ThrowsAsync<IpcProcessException>(() => children.RunAsync("/bin/false"));
                return;
            case 3:
                children.Options.Connection.ConnectTimeout = TimeSpan.FromMilliseconds(50);
                _ = await Assert.ThrowsAsync<IpcProcessException>(() => children.RunAsync("/bin/sleep", "1000"));
                return;
            case 4:
                _ = await Assert.ThrowsAsync<IpcProcessException>(() => children.RunAsync("/nowhere/plugin"));
                return;
        }

        await using IpcProcess child = await children.StartAsync();
        Assert.Equal(i, await Children.Proxy(child).EchoAsync(i));
        if (i == 1)
        {
            child.Kill();
        }
    }

    private static async Task<string> ReadAllAsync(PeerProcess process)
    {
        string all = "";
        while (await process.ReadLineAsync() is { } line)
        {
            all += line + "\n";
        }

        return all;
    }

    private sealed class Parent : IChild
    {
        public ValueTask<int> EchoAsync(int value) => new(-value);

        public ValueTask<byte[]> EchoBytesAsync(byte[] bytes) => throw new NotSupportedException();

        public ValueTask<int> HangAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<int> SleepAsync(int milliseconds) => throw new NotSupportedException();

        public ValueTask PrintAsync(PrintedBy how, string line) => throw new NotSupportedException();

        public ValueTask FloodAsync(int lines) => throw new NotSupportedException();

        public ValueTask<string?> ReadLineAsync() => throw new NotSupportedException();

        public ValueTask<Dictionary<int, string>> DescriptorsAsync() => throw new NotSupportedException();

        public ValueTask<string> ListenAgainAsync() => throw new NotSupportedException();

        public ValueTask<int> EchoByParentAsync(int value) => throw new NotSupportedException();

        public ValueTask<int> StartLongAsync() => throw new NotSupportedException();

        public ValueTask EndAsync(EndedBy how) => throw new NotSupportedException();
    }
}
