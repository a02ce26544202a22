namespace Contracts.Ipc.Cli.Presentation;

/// <summary>What surrounds the tool: three streams, and what is known of the terminal. Tests make their own.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Errors for people.</param>
/// <param name="Input">What <c>-</c> reads.</param>
/// <param name="IsTerminal">Whether a person looks at the output.</param>
/// <param name="AllowsColor">False if NO_COLOR is set, or the terminal is a dumb one.</param>
/// <param name="Width">Columns of the terminal.</param>
internal sealed record Host(TextWriter Output, TextWriter Error, TextReader Input, bool IsTerminal, bool AllowsColor, int Width)
{
    private const int SmallestWidth = 60;

    /// <summary>The console of this process.</summary>
    public static Host OfProcess()
    {
        bool isTerminal = !Console.IsOutputRedirected;
        return new Host(
            Console.Out,
            Console.Error,
            Console.In,
            isTerminal,
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb",
            isTerminal ? Math.Max(Console.WindowWidth, SmallestWidth) : int.MaxValue);
    }
}
