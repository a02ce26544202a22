namespace Contracts.Ipc.Cli.Listing;

/// <summary>What a process runs, in one word.</summary>
internal static class ProcessName
{
    /// <summary>The name; null if the process is gone or belongs to somebody else.</summary>
    public static string? Of(int process)
    {
        try
        {
            return FromArguments(File.ReadAllText($"/proc/{process}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The program; where that is <c>dotnet</c>, the assembly that it runs.</summary>
    public static string? FromArguments(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0)
        {
            return null;
        }

        string program = Path.GetFileName(arguments[0]);
        string? assembly = program == "dotnet" ? arguments.Skip(1).FirstOrDefault(argument => argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) : null;
        return assembly is null ? program : Path.GetFileNameWithoutExtension(assembly);
    }
}
