using System.Text.Json;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Connecting;
using Contracts.Ipc.Cli.Dynamic;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Calling;

/// <summary>A method of a server, found by <c>Contract.Method</c>, that can be called with JSON.</summary>
internal sealed class MethodTarget
{
    private const string Suffix = "Async";

    private readonly DynamicContract _contract;

    private MethodTarget(ContractSchema schema, MethodSchema method, DynamicContract contract)
    {
        Schema = schema;
        Method = method;
        _contract = contract;
    }

    public ContractSchema Schema { get; }

    public MethodSchema Method { get; }

    /// <summary>Finds it.</summary>
    /// <param name="server">Where.</param>
    /// <param name="name">As it was typed: the contract's name may be short, or missing where only one contract has the method.</param>
    /// <param name="instance">The name of the instance; empty for the default one.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ToolException">There is none, or there are several.</exception>
    public static async Task<MethodTarget> FindAsync(Server server, string name, string instance, CancellationToken cancellationToken)
    {
        OfferedContracts offered = await OfferedContracts.OfAsync(server, cancellationToken);
        int point = name.LastIndexOf('.');
        ContractReport report = point < 0 ? OnlyOneWith(offered, name) : offered.Find(name[..point]);
        ContractSchema schema = OfferedContracts.SchemaOf(report);
        MethodSchema method = schema.FindMethod(name[(point + 1)..]) ?? throw Unknown(schema, name[(point + 1)..]);
        return report.Instances.Contains(instance, StringComparer.Ordinal)
            ? new MethodTarget(schema, method, new DynamicContract(server.Connection, schema, instance))
            : throw NoInstance(report, instance);
    }

    /// <summary>Calls it.</summary>
    /// <param name="arguments">An object by the names of parameters, an array by their position, or nothing.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<DynamicResult> CallAsync(JsonElement arguments, IpcCallOptions? options, CancellationToken cancellationToken) =>
        await _contract.CallAsync(Method, arguments, options, cancellationToken);

    /// <summary>An example of the arguments.</summary>
    public string Template() => ContractSchema.Template(Method);

    private static ContractReport OnlyOneWith(OfferedContracts offered, string method)
    {
        ContractReport[] found = [.. offered.All.Where(report => OfferedContracts.SchemaOf(report).FindMethod(method) is not null)];
        return found switch
        {
            [var one] => one,
            [] => throw new ToolException(
                ExitCode.NotOffered,
                $"No contract of the server has a method '{method}'.",
                NearestMethod(method, offered.All.Select(OfferedContracts.SchemaOf)) ?? "Methods are written Contract.Method; 'ipc describe' shows them."),
            _ => throw new ToolException(
                ExitCode.Usage, $"Several contracts have a method '{method}'.", $"Write {string.Join(" or ", found.Select(report => $"{report.Name}.{method}"))}."),
        };
    }

    private static ToolException Unknown(ContractSchema schema, string method) => new(
        ExitCode.NotOffered,
        $"{schema.Name} has no method '{method}'.",
        NearestMethod(method, [schema]) ?? $"It has {string.Join(", ", schema.Methods.Select(known => known.Name))}.");

    private static string? NearestMethod(string method, IEnumerable<ContractSchema> schemas) =>
        Nearest.To(method, schemas.SelectMany(schema => schema.Methods).SelectMany(known => (string[])[known.Name, WithoutSuffix(known.Name)])) is { } meant
            ? $"Did you mean '{meant}'?"
            : null;

    private static string WithoutSuffix(string name) => name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;

    private static ToolException NoInstance(ContractReport report, string instance) => new(
        ExitCode.NotOffered,
        instance.Length == 0 ? $"{report.Name} is offered under names only." : $"{report.Name} is not offered under the name '{instance}'.",
        $"--instance takes {string.Join(" or ", report.Instances.Select(known => known.Length == 0 ? "nothing" : $"'{known}'"))}.");
}
