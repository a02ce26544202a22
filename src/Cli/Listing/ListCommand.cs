using System.CommandLine;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Listing;

/// <summary><c>ipc ls</c>: the endpoints of this user.</summary>
internal sealed class ListCommand : ToolCommand<EndpointListing>
{
    private const double DefaultTimeout = 1;

    private readonly Option<Duration> _timeout = Duration.Option("--timeout", "How long one server may take to answer.", TimeSpan.FromSeconds(DefaultTimeout));

    public ListCommand(Host host, GlobalOptions options)
        : base("ls", "List the endpoints of this user: who listens, what is offered, who is connected.", host, options, Documents.Shapes.EndpointListing)
    {
        Options.Add(_timeout);
    }

    protected override Task<EndpointListing> ExecuteAsync(ParseResult line, CancellationToken cancellationToken) =>
        new Survey(line.GetValue(_timeout).Time).AskAsync(KnownEndpoints.All(), cancellationToken);

    protected override void Show(EndpointListing model, Page page) => EndpointTable.Show(model, DateTimeOffset.UtcNow, page);
}
