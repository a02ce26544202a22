using System.CommandLine.Completions;
using Contracts.Ipc.Cli.Connecting;
using Contracts.Ipc.Cli.Dynamic;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Calling;

/// <summary>Completes contracts and methods from what the server at the endpoint offers. Somebody waits for it at the keyboard: it is quick, or it has nothing to say.</summary>
/// <param name="server">The arguments that name the endpoint.</param>
internal sealed class MethodCompletion(ServerArguments server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    /// <summary>All methods, as <c>Contract.Method</c>.</summary>
    public IEnumerable<CompletionItem> Get(CompletionContext context) => Ask(context, report =>
    {
        ContractSchema schema = OfferedContracts.SchemaOf(report);
        return schema.Methods.Select(method => $"{report.Name}.{method.Name}");
    });

    /// <summary>All contracts.</summary>
    public IEnumerable<CompletionItem> GetContracts(CompletionContext context) => Ask(context, report => [report.Name]);

    private IEnumerable<CompletionItem> Ask(CompletionContext context, Func<ContractReport, IEnumerable<string>> names)
    {
        try
        {
            // System.CommandLine asks synchronously.
            return context.ParseResult.GetValue(server.Endpoint) is { Length: > 0 } endpoint
                ? Task.Run(() => AskAsync(endpoint, names)).GetAwaiter().GetResult()
                : [];
        }
        catch (Exception)
        {
            // A message in the middle of a half-typed line would only disturb it.
            return [];
        }
    }

    private static async Task<IEnumerable<CompletionItem>> AskAsync(string endpoint, Func<ContractReport, IEnumerable<string>> names)
    {
        using var limit = new CancellationTokenSource(Patience);
        await using Server connected = await Server.ConnectAsync(endpoint, Patience, limit.Token);
        OfferedContracts offered = await OfferedContracts.OfAsync(connected, limit.Token);
        return [.. offered.All.SelectMany(names).Select(name => new CompletionItem(name))];
    }
}
