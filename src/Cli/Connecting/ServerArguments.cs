using System.CommandLine;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Listing;

namespace Contracts.Ipc.Cli.Connecting;

/// <summary>The argument and the option that commands have which talk to one server.</summary>
internal sealed class ServerArguments
{
    private const double DefaultTimeout = 5;

    /// <summary>Where the server listens.</summary>
    public Argument<string> Endpoint { get; } = new("endpoint")
    {
        Description = "Where the server listens, for example unix:calculator. 'ipc ls' lists what there is.",
        CompletionSources = { _ => KnownEndpoints.Live().Select(endpoint => new System.CommandLine.Completions.CompletionItem(endpoint)) },
    };

    /// <summary>How long an answer may take.</summary>
    public Option<Duration> Timeout { get; } = Duration.Option("--timeout", "How long connecting, and each answer, may take.", TimeSpan.FromSeconds(DefaultTimeout));

    /// <summary>Adds both to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Endpoint);
        command.Options.Add(Timeout);
    }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan TimeoutOf(ParseResult line) => line.GetValue(Timeout).Time;

    /// <summary>Connects to the server that the command line names.</summary>
    public Task<Server> ConnectAsync(ParseResult line, CancellationToken cancellationToken) =>
        Server.ConnectAsync(line.GetRequiredValue(Endpoint), TimeoutOf(line), cancellationToken);
}
