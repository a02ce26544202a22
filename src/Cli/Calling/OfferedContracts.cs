using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Connecting;
using Contracts.Ipc.Cli.Dynamic;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Calling;

/// <summary>The contracts that a server offers, found by what people type for them.</summary>
internal sealed class OfferedContracts
{
    private readonly IReadOnlyList<ContractReport> _reports;

    private OfferedContracts(IReadOnlyList<ContractReport> reports) => _reports = reports;

    /// <summary>All of them, in the order of names.</summary>
    public IReadOnlyList<ContractReport> All => _reports;

    /// <summary>Asks the server.</summary>
    public static async Task<OfferedContracts> OfAsync(Server server, CancellationToken cancellationToken) =>
        new(await server.Introspection.GetContractsAsync(null, cancellationToken));

    /// <summary>
    /// The contract of a name: the whole name, or what stands behind its last point, with or without the I of an interface; in any case of letters where
    /// only one fits.
    /// </summary>
    /// <exception cref="ToolException">There is none, or there are several.</exception>
    public ContractReport Find(string name)
    {
        ContractReport[] found = Matching(name);
        return found switch
        {
            [var one] => one,
            [] => throw new ToolException(ExitCode.NotOffered, $"The server does not offer '{name}'.", Hint(name)),
            _ => throw new ToolException(ExitCode.Usage, $"'{name}' may be any of {string.Join(", ", found.Select(report => report.Name))}.", "Write the whole name."),
        };
    }

    /// <summary>The schema of a contract.</summary>
    /// <exception cref="ToolException">The server sent none, or one that cannot be read.</exception>
    public static ContractSchema SchemaOf(ContractReport report)
    {
        if (report.Declaration.Length == 0)
        {
            throw new ToolException(ExitCode.NotOffered, $"The server sends no declaration of {report.Name}.", "It was not made by the generator of this version.");
        }

        try
        {
            return ContractSchema.Parse(report.Declaration);
        }
        catch (FormatException exception)
        {
            throw new ToolException(
                ExitCode.Incompatible, $"The declaration of {report.Name} cannot be read: {exception.Message}", "The server may use a later version of Contracts.Ipc; update this tool.", exception);
        }
    }

    private ContractReport[] Matching(string name)
    {
        foreach (Func<ContractReport, bool> fits in (IEnumerable<Func<ContractReport, bool>>)
            [
                report => report.Name == name,
                report => SimpleName(report.Name) == name,
                report => SpokenName(report.Name) == name,
                report => NamesOf(report).Contains(name, StringComparer.OrdinalIgnoreCase),
            ])
        {
            ContractReport[] found = [.. _reports.Where(fits)];
            if (found.Length > 0)
            {
                return found;
            }
        }

        return [];
    }

    private string Hint(string name) =>
        Nearest.To(name, _reports.SelectMany(NamesOf)) is { } meant
            ? $"Did you mean '{meant}'?"
            : _reports.Count == 0 ? "It offers no contracts." : $"It offers {string.Join(", ", _reports.Select(report => report.Name))}.";

    private static string[] NamesOf(ContractReport report) => [report.Name, SpokenName(report.Name), SimpleName(report.Name)];

    // ICalculator is the calculator.
    private static string SpokenName(string name) => SimpleName(name) is ['I', >= 'A' and <= 'Z', ..] simple ? simple[1..] : SimpleName(name);

    private static string SimpleName(string name) => name[(name.LastIndexOf('.') + 1)..];
}
