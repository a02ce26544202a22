using System.CommandLine;
using System.Globalization;
using Contracts.Ipc.Cli.Calling;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Connecting;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Benchmarking;

/// <summary><c>ipc bench</c>: what a call costs over an endpoint.</summary>
internal sealed class BenchCommand : ToolCommand<BenchReport>
{
    private const int MostCallers = 4096;
    private const string Ping = $"{Reserved.ServerContract}.{nameof(IServerIntrospection.PingAsync)}";
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);

    private readonly ServerArguments _server = new();
    private readonly Argument<string?> _method = new("method")
    {
        Description = "A method without parameters, Contract.Method. It is called very often! Without it the server's own ping, which does nothing.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<Duration> _duration = Duration.Option("--duration", "How long to measure, after half a second of warming up.", TimeSpan.FromSeconds(3));
    private readonly Option<int> _concurrency = new("--concurrency", "-c")
    {
        Description = "How many callers at once, on one connection.",
        HelpName = "callers",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out int callers) && callers is >= 1 and <= MostCallers)
            {
                return callers;
            }

            result.AddError($"--concurrency takes 1 to {MostCallers}.");
            return default;
        },
    };

    public BenchCommand(Host host, GlobalOptions options)
        : base("bench", "Measure round trips: calls per second, median and tail.", host, options, Documents.Shapes.BenchReport)
    {
        _method.CompletionSources.Add(new MethodCompletion(_server).Get);
        _server.AddTo(this);
        Arguments.Add(_method);
        Options.Add(_duration);
        Options.Add(_concurrency);
    }

    protected override async Task<BenchReport> ExecuteAsync(ParseResult line, CancellationToken cancellationToken)
    {
        await using Server server = await _server.ConnectAsync(line, cancellationToken);
        int process = (await server.Introspection.GetServerAsync(cancellationToken)).ProcessId;
        (string method, Func<CancellationToken, ValueTask> call) = await TargetAsync(server, line.GetValue(_method), cancellationToken);
        int concurrency = line.GetValue(_concurrency);
        var load = new Load(call, concurrency);
        _ = await load.RunAsync(WarmUp, cancellationToken);
        LoadResult result = await load.RunAsync(line.GetValue(_duration).Time, cancellationToken);

        Placement client = PlacementOf(Environment.ProcessId);
        Placement there = PlacementOf(process);
        return new BenchReport(
            server.Connection.Endpoint.ToString(),
            method,
            concurrency,
            Math.Round(result.Taken.TotalSeconds, 3),
            result.Latency.Count,
            Math.Round(result.Latency.Count / result.Taken.TotalSeconds, 1),
            LatencyReport.Of(result.Latency),
            client,
            there,
            [.. PinningAdvice.For(client, there)]);
    }

    protected override void Show(BenchReport model, Page page) => BenchPage.Show(model, page);

    private static async Task<(string Name, Func<CancellationToken, ValueTask> Call)> TargetAsync(Server server, string? name, CancellationToken cancellationToken)
    {
        if (name is null or Ping)
        {
            return (Ping, server.Introspection.PingAsync);
        }

        MethodTarget target = await MethodTarget.FindAsync(server, name, instance: "", cancellationToken);
        return target.Method.Parameters.All(parameter => parameter.IsOptional)
            ? ($"{target.Schema.Name}.{target.Method.Name}", async token => _ = await target.CallAsync(default, null, token))
            : throw new ToolException(ExitCode.Usage, $"{target.Method.Name} has parameters; bench calls methods without.", $"Its signature: {target.Method.Signature}");
    }

    private static Placement PlacementOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal));
            return new Placement(process, line?.Split('\t')[^1].Trim());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Placement(process, null);
        }
    }
}
