using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.StandardIO;

/// <summary>How a child ends, and what its parent learns of it.</summary>
public sealed class EndTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(EndedBy.Exit7, 7, "exit code 7", "leaving")]
    [InlineData(EndedBy.FailFast, 134, "SIGABRT", "the plugin gives up")]
    [InlineData(EndedBy.UnhandledException, 134, "SIGABRT", "nobody catches this")]
    [InlineData(EndedBy.Kill, 137, "SIGKILL", "printed before")]
    public async Task A_connection_that_ends_with_the_child_says_how_the_child_ended(EndedBy how, int exitCode, string words, string printed)
    {
        await using IpcProcess child = await new Children().StartAsync();
        IChild proxy = Children.Proxy(child);
        Task<int> underWay = proxy.HangAsync().AsTask();
        await proxy.EndAsync(how).InTime();
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => underWay.InTime());
        Assert.Equal(IpcDelivery.MaybeExecuted, lost.Delivery);
        Assert.Contains(words, lost.Message, StringComparison.Ordinal);
        IpcProcessException ended = Assert.IsType<IpcProcessException>(lost.InnerException);
        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Equal(child.Id, ended.ProcessId);
        Assert.Contains(printed, ended.OutputTail, StringComparison.Ordinal);
        IpcCloseReason reason = await child.Connection.Closed.InTime();
        Assert.Equal(IpcCloseKind.Lost, reason.Kind);
        Assert.Same(ended, reason.Exception);
        Assert.Equal(exitCode, await child.Exited.InTime());
        output.WriteLine(reason.Message);
    }

    [Fact]
    public async Task Calls_under_way_end_within_100_ms_of_the_child()
    {
        double best = double.MaxValue;
        for (int attempt = 0; attempt < 5 && best > 100; attempt++)
        {
            await using IpcProcess child = await new Children().StartAsync();
            IChild proxy = Children.Proxy(child);
            Task<long>[] ended =
            [
                .. Enumerable.Range(0, 20).Select(_ => proxy.HangAsync().AsTask().ContinueWith(
                    static call =>
                    {
                        Assert.IsType<IpcConnectionException>(call.Exception?.InnerException);
                        return Stopwatch.GetTimestamp();
                    },
                    TaskContinuationOptions.ExecuteSynchronously)),
            ];
            _ = await proxy.EchoAsync(1).InTime();
            child.Kill();
            Assert.True(SpinWait.SpinUntil(() => Children.HasEnded(child.Id), Within.Patience));
            long died = Stopwatch.GetTimestamp();
            long last = (await Task.WhenAll(ended).InTime()).Max();
            best = Math.Min(best, Stopwatch.GetElapsedTime(died, Math.Max(died, last)).TotalMilliseconds);
            Assert.Equal(137, await child.Exited.InTime());
        }

        output.WriteLine($"The last of 20 calls ended {best:0.0} ms after the process.");
        Assert.InRange(best, 0, 100);
    }

    [Fact]
    public async Task A_call_after_the_end_of_the_child_was_not_sent()
    {
        await using IpcProcess child = await new Children().StartAsync();
        IChild proxy = Children.Proxy(child);
        Assert.Equal(1, await proxy.EchoAsync(1).InTime());
        child.Kill();
        _ = await child.Connection.Closed.InTime();
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => proxy.EchoAsync(2).InTime());
        Assert.Equal(IpcDelivery.NotSent, lost.Delivery);
        Assert.Contains("SIGKILL", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposal_lets_the_child_end_by_itself()
    {
        IpcProcess child = await new Children().StartAsync();
        Task<int> underWay = Children.Proxy(child).HangAsync().AsTask();
        await child.DisposeAsync().InTime();
        Assert.Equal(0, await child.Exited.InTime());
        _ = await Assert.ThrowsAsync<IpcConnectionException>(() => underWay.InTime());
        await child.DisposeAsync().InTime();
    }

    [Fact]
    public async Task Stopping_lets_calls_finish_and_tells_the_exit_code()
    {
        await using IpcProcess child = await new Children().StartAsync();
        Task<int> underWay = Children.Proxy(child).SleepAsync(200).AsTask();
        _ = await Children.Proxy(child).EchoAsync(1).InTime();
        Assert.Equal(0, await child.StopAsync().InTime());
        Assert.Equal(200, await underWay.InTime());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_that_does_not_end_is_killed_and_its_children_if_asked(bool entireTree)
    {
        var children = new Children();
        children.Options.KillEntireProcessTree = entireTree;
        children.Options.ExitTimeout = TimeSpan.FromMilliseconds(100);
        int grandchild;
        await using (IpcProcess child = await children.StartAsync())
        {
            grandchild = await Children.Proxy(child).StartLongAsync().InTime();
            using Process stop = Process.Start("/bin/kill", ["-STOP", $"{child.Id}"]);
            await stop.WaitForExitAsync().InTime();
            await child.DisposeAsync().InTime();
            Assert.Equal(137, await child.Exited.InTime());
        }

        Assert.Equal(entireTree, Within.Eventually(() => Children.HasEnded(grandchild), TimeSpan.FromMilliseconds(entireTree ? 10_000 : 200)));
        if (!entireTree)
        {
            Process.GetProcessById(grandchild).Kill();
        }
    }

    [Fact]
    public async Task A_child_ends_when_its_parent_is_killed()
    {
        await using PeerProcess parent = PeerProcess.Run([], "child", "parent");
        int child = int.Parse((await parent.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.False(Children.HasEnded(child));
        _ = parent.Kill();
        Assert.True(Within.Eventually(() => Children.HasEnded(child)));
    }

    [Fact]
    public async Task Terminating_a_child_under_load_loses_no_call_that_it_took()
    {
        var children = new Children();
        await using IpcProcess child = await children.StartAsync();
        LoadReport report = await Load.UntilClosedAsync(
            child.Connection,
            connection => connection.GetProxy<IChild>().EchoAsync,
            () => Process.Start("/bin/kill", ["-TERM", $"{child.Id}"]));
        output.WriteLine($"{report.Answered} calls answered, {report.NotSent} not sent, {report.Lost} lost.");
        Assert.Equal(0, report.Lost);
        Assert.InRange(report.Answered, 100, int.MaxValue);
        Assert.Equal(0, await child.Exited.InTime());
        Assert.Equal(IpcCloseKind.Remote, (await child.Connection.Closed.InTime()).Kind);
    }
}
