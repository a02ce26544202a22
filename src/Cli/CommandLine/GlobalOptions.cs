using System.CommandLine;

namespace Contracts.Ipc.Cli.CommandLine;

/// <summary>What every command understands.</summary>
internal sealed class GlobalOptions
{
    /// <summary>Whether the result is one JSON document.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document to standard output, errors too. Its shape is documented and stable.",
        Recursive = true,
    };

    /// <summary>Whether colours are left out.</summary>
    public Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "No colours; so does the environment variable NO_COLOR. Output that is not a terminal never has any.",
        Recursive = true,
    };
}
