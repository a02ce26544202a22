using System.Text.Json;
using Contracts.Ipc.Cli.Benchmarking;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Tests.Harness;
using Contracts.Ipc.Cli.Tests.Servers;

namespace Contracts.Ipc.Cli.Tests.Benchmarking;

public sealed class BenchCommandTests
{
    [Theory]
    [InlineData("unix")]
    [InlineData("shm")]
    [InlineData("fifo")]
    [InlineData("sysv")]
    public async Task The_ping_of_the_server_is_measured_and_the_figures_fit_together(string transport)
    {
        await using RunningServer server = await RunningServer.StartAsync(transport);
        JsonElement document = (await ToolProcess.RunAsync("bench", server.Endpoint, "--duration", "300ms", "--concurrency", "4", "--timeout", "20", "--json"))
            .Ended(ExitCode.Ok)
            .Document();
        Assert.Equal("$server.PingAsync", document.GetProperty("method").GetString());
        Assert.Equal(4, document.GetProperty("concurrency").GetInt32());
        long calls = document.GetProperty("calls").GetInt64();
        Assert.True(calls > 0);
        Assert.Equal(calls / document.GetProperty("seconds").GetDouble(), document.GetProperty("callsPerSecond").GetDouble(), calls * 0.05);
        double[] rising = [.. ((string[])["p50", "p90", "p99", "p999", "max"]).Select(name => document.GetProperty("latency").GetProperty(name).GetDouble())];
        Assert.Equal(rising.Order(), rising);
        Assert.Equal(Environment.ProcessId, document.GetProperty("server").GetProperty("processId").GetInt32());
    }

    [Fact]
    public async Task A_method_without_parameters_is_measured_by_its_name()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolRun.OfAsync("bench", server.Endpoint, "Warehouse.Nothing", "--duration", "100ms")).Ended(ExitCode.Ok);
        Assert.StartsWith($"acme.Warehouse.NothingAsync at {server.Endpoint}, 1 caller: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("P99.9", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_with_parameters_is_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ToolRun run = (await ToolRun.OfAsync("bench", server.Endpoint, "Warehouse.Add")).Ended(ExitCode.Usage);
        Assert.Contains("has parameters", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100000")]
    [InlineData("x")]
    public async Task A_senseless_number_of_callers_is_a_usage_error(string callers) =>
        _ = (await ToolRun.OfAsync("bench", "unix:nobody", "-c", callers)).Ended(ExitCode.Usage);

    [Fact]
    public void Quantiles_are_within_two_percent_of_the_sorted_values()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, 10_000).Select(_ => Math.Exp(random.NextDouble() * 16) / 1000)];
        var histogram = new LatencyHistogram();
        foreach (double value in values)
        {
            histogram.Add(TimeSpan.FromMicroseconds(value));
        }

        double[] sorted = [.. values.Order()];
        foreach (double part in (double[])[0.01, 0.5, 0.9, 0.99, 0.999, 1])
        {
            double expected = sorted[(int)Math.Ceiling(part * values.Length) - 1];

            // TimeSpan counts in steps of 0.1 µs.
            Assert.True(Math.Abs(expected - histogram.Quantile(part)) <= (expected * 0.02) + 0.11, $"seed {seed}: the quantile {part} is {expected}, not {histogram.Quantile(part)}.");
        }
    }

    [Fact]
    public void Histograms_add_up()
    {
        var one = new LatencyHistogram();
        one.Add(TimeSpan.FromMicroseconds(1));
        var other = new LatencyHistogram();
        other.Add(TimeSpan.FromMilliseconds(1));
        one.Add(other);
        Assert.Equal((2, 1000, 500.5), (one.Count, one.Maximum, one.Mean));
    }

    [Theory]
    [InlineData("0", "1", 0, "")]
    [InlineData("1", "1", 1, "share one processor")]
    [InlineData("0-7", "0-7", 1, "taskset")]
    [InlineData(null, "0", 0, "")]
    public void Advice_is_given_where_placement_spoils_the_figures(string? client, string? server, int count, string contents)
    {
        string[] advice = [.. PinningAdvice.For(new Placement(1, client), new Placement(2, server))];
        Assert.Equal(count, advice.Length);
        Assert.Contains(contents, string.Concat(advice), StringComparison.Ordinal);
    }
}
