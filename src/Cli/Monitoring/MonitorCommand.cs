using System.CommandLine;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Connecting;
using Contracts.Ipc.Cli.Presentation;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Monitoring;

/// <summary><c>ipc monitor</c>: the calls of a server as they end, until Ctrl+C, and what they were in all.</summary>
internal sealed class MonitorCommand : ToolCommand<MonitorLine>
{
    private readonly ServerArguments _server = new();
    private readonly Option<Duration?> _duration = Duration.Optional("--duration", "Stop after this time instead of at Ctrl+C.");
    private readonly Option<long?> _count = new("--count", "-n") { Description = "Stop after so many calls.", HelpName = "calls" };
    private readonly Option<bool> _errors = new("--errors") { Description = "Only calls that failed." };
    private readonly Option<string?> _method = new("--method") { Description = "Only methods whose name contains this.", HelpName = "text" };

    public MonitorCommand(Host host, GlobalOptions options)
        : base("monitor", "Watch the calls of a server: who calls what, how long it takes, what fails. The server must allow it.", host, options, Documents.Lines.MonitorLine)
    {
        _server.AddTo(this);
        Options.Add(_duration);
        Options.Add(_count);
        Options.Add(_errors);
        Options.Add(_method);
    }

    protected override async Task<MonitorLine> ExecuteAsync(ParseResult line, CancellationToken cancellationToken)
    {
        await using Server server = await _server.ConnectAsync(line, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (line.GetValue(_duration) is { } duration)
        {
            end.CancelAfter(duration.Time);
        }

        var tally = new Tally();
        Action<MonitorLine> show = WantsJson(line) ? Write : new CallLines(PageFor(line)).Show;
        try
        {
            await foreach (CallBatch batch in CallFeed.FetchAsync(server.Introspection, end.Token))
            {
                if (Take(batch, line, tally, show))
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the time, or Ctrl+C: how this command is meant to end.
        }

        return new MonitorLine(Summary: tally.Summarise(server.Connection.Endpoint.ToString()));
    }

    protected override void Show(MonitorLine model, Page page) => SummaryPage.Show(model.Summary!, page);

    private void Write(MonitorLine line) => Documents.Write(Host.Output, line, Documents.Lines.MonitorLine);

    // True when as many calls were seen as were wanted.
    private bool Take(CallBatch batch, ParseResult line, Tally tally, Action<MonitorLine> show)
    {
        if (batch.Lost > 0)
        {
            tally.Lose(batch.Lost);
            show(new MonitorLine(Lost: batch.Lost));
        }

        long count = line.GetValue(_count) ?? long.MaxValue;
        foreach (CallLine call in batch.Calls.Select(CallLines.Of).Where(call => IsWanted(call, line)))
        {
            tally.Add(call);
            show(new MonitorLine(Call: call));
            if (tally.Calls >= count)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsWanted(CallLine call, ParseResult line) =>
        (call.Error is not null || !line.GetValue(_errors))
        && (line.GetValue(_method) is not { } text || call.Method.Contains(text, StringComparison.OrdinalIgnoreCase));
}
