using System.CommandLine;
using System.CommandLine.Parsing;
using Contracts.Ipc.Cli.Outcomes;

namespace Contracts.Ipc.Cli.CommandLine;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageError
{
    /// <summary>The error for a command line that was not understood.</summary>
    public static ToolException Of(ParseResult line)
    {
        Command command = line.CommandResult.Command;
        string name = FullName(line.CommandResult);
        string? unknown = line.UnmatchedTokens is [string first, ..] ? first : null;
        string message = unknown is null
            ? Missing(line.CommandResult) ?? string.Join(" ", line.Errors.Select(error => error.Message).Distinct())
            : unknown.StartsWith('-') ? $"'{name}' has no option '{unknown}'."
            : command.Subcommands.Count > 0 ? $"'{name}' has no command '{unknown}'."
            : $"'{name}' takes no further argument '{unknown}'.";
        string? meant = unknown is null ? null : Nearest.To(unknown, Words(line.CommandResult));
        return new ToolException(ExitCode.Usage, message, meant is null ? $"'{name} --help' tells what it takes." : $"Did you mean '{meant}'?");
    }

    // The library says that an argument is missing, but not which.
    private static string? Missing(CommandResult result)
    {
        string[] names =
        [
            .. result.Command.Arguments
                .Where(argument => argument.Arity.MinimumNumberOfValues > (result.GetResult(argument)?.Tokens.Count ?? 0))
                .Select(argument => $"<{argument.Name}>"),
        ];
        return names.Length == 0 ? null : $"'{FullName(result)}' needs {string.Join(" and ", names)}.";
    }

    private static string FullName(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{FullName(parent)} {result.Command.Name}" : IpcTool.Name;

    private static IEnumerable<string> Words(CommandResult result)
    {
        IEnumerable<string> own = result.Command.Subcommands.Select(command => command.Name).Concat(result.Command.Options.Select(option => option.Name));
        return result.Parent is CommandResult parent
            ? own.Concat(parent.Command.Options.Where(option => option.Recursive).Select(option => option.Name))
            : own;
    }
}
