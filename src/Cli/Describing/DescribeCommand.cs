using System.CommandLine;
using System.Globalization;
using Contracts.Ipc.Cli.Calling;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Connecting;
using Contracts.Ipc.Cli.Dynamic;
using Contracts.Ipc.Cli.Presentation;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Describing;

/// <summary><c>ipc describe</c>: the contracts of a server as C#, from what the server sends.</summary>
internal sealed class DescribeCommand : ToolCommand<Description>
{
    private readonly ServerArguments _server = new();
    private readonly Argument<string?> _contract = new("contract")
    {
        Description = "Only this contract: its whole name, or what stands behind the last point.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public DescribeCommand(Host host, GlobalOptions options)
        : base("describe", "Print the contracts of a server as C# that compiles.", host, options, Documents.Shapes.Description)
    {
        _contract.CompletionSources.Add(new MethodCompletion(_server).GetContracts);
        _server.AddTo(this);
        Arguments.Add(_contract);
    }

    protected override async Task<Description> ExecuteAsync(ParseResult line, CancellationToken cancellationToken)
    {
        await using Server server = await _server.ConnectAsync(line, cancellationToken);
        ServerReport report = await server.Introspection.GetServerAsync(cancellationToken);
        OfferedContracts offered = await OfferedContracts.OfAsync(server, cancellationToken);
        IEnumerable<ContractReport> wanted = line.GetValue(_contract) is { } name ? [offered.Find(name)] : offered.All;
        return new Description(
            server.Connection.Endpoint.ToString(),
            new ServerDescription(report.Name, report.ProcessId, report.LibraryVersion, report.Runtime, report.StartedAt, report.AllowsMonitoring),
            [.. wanted.Select(Describe)]);
    }

    protected override void Show(Description model, Page page)
    {
        if (model.Contracts.Count == 0)
        {
            page.Line("The server offers no contracts.", Tone.Faint);
        }

        foreach (ContractDescription contract in model.Contracts)
        {
            if (contract.Instances is not [""])
            {
                page.Line($"// Offered as {string.Join(", ", contract.Instances.Select(instance => instance.Length == 0 ? "the default instance" : $"\"{instance}\""))}.", Tone.Faint);
            }

            SourcePage.Show(contract.Source, page);
            page.Line();
        }
    }

    private static ContractDescription Describe(ContractReport report)
    {
        ContractSchema schema = OfferedContracts.SchemaOf(report);
        return new ContractDescription(
            report.Name,
            report.Fingerprint.ToString("x16", CultureInfo.InvariantCulture),
            report.Instances,
            [.. schema.Methods.Select(method => new MethodDescription(method.Name, method.WireName, method.Signature, method.IsOneWay, ContractSchema.Template(method)))],
            schema.ToSource());
    }
}
