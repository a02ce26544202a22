using System.Globalization;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>The errors of this transport.</summary>
internal static class StandardIOError
{
    private const int LinesInMessage = 3;
    private const int LineLengthInMessage = 200;
    private const string HowToServe = "A child serves with 'await server.RunAsync(\"stdio:\")'.";

    private static readonly TimeSpan LastOutput = TimeSpan.FromMilliseconds(200);

    public static IpcProcessException CannotStart(string program, Exception cause) =>
        new($"Cannot start '{program}': {cause.Message}", innerException: cause);

    /// <summary>For a process that has ended. Waits for the last of what it printed.</summary>
    public static async Task<IpcProcessException> EndedEarlyAsync(ChildProcess process)
    {
        await process.WhenPrintedAsync(LastOutput).ConfigureAwait(false);
        return Explain(process, $"ended with {ExitCode(process.Exited.Result)} before it served. {HowToServe}", IpcDelivery.NotSent);
    }

    public static IpcProcessException ClosedEarly(ChildProcess process) =>
        Explain(process, $"closed its standard output before it served, and was killed. {HowToServe}", IpcDelivery.NotSent);

    public static IpcProcessException NeverServed(ChildProcess process, TimeSpan timeout) =>
        Explain(
            process,
            $"did not begin to serve within {timeout.TotalSeconds:0.###} s (IpcConnectionOptions.ConnectTimeout), and was killed. {HowToServe}",
            IpcDelivery.NotSent);

    public static IpcProcessException Ended(ChildProcess process) =>
        Explain(process, $"ended with {ExitCode(process.Exited.Result)}.", IpcDelivery.MaybeExecuted);

    public static IpcConnectionException ParentListens() =>
        new("A child does not connect to stdio:, it listens there: call RunAsync(\"stdio:\") or ListenAsync(\"stdio:\"). What the parent offers (IpcConnectionOptions.AddService) "
            + "is reached from there as well, through the connection that IpcServer.Connected and the factories of AddService get. A parent starts its child with IpcProcess.StartAsync.");

    public static IpcEndpointException TakenAlready(IpcEndpoint endpoint) =>
        new($"Cannot listen at {endpoint}: its pipes are in use, or were. A process has one standard input and one standard output, and serves the process that has started it once.");

    public static IpcEndpointException NotAPipe(IpcEndpoint endpoint, string stream, FileKind? kind) =>
        new($"Cannot listen at {endpoint}: {stream} of this process is {Describe(kind)}, not a pipe. {endpoint} serves the process that has started this one: start it with IpcProcess.StartAsync.");

    public static IpcEndpointException ErrorsInTheSamePipe(IpcEndpoint endpoint) =>
        new($"Cannot listen at {endpoint}: standard error goes into the same pipe as standard output, so what is printed would get between the messages. Give it a pipe of its own, as IpcProcess.StartAsync does.");

    public static IpcEndpointException ParentIsGone(IpcEndpoint endpoint, Exception cause) =>
        new($"Cannot listen at {endpoint}: nobody reads standard output. The process that has started this one is gone.", cause);

    /// <summary>The exit code in words. On Unix a code above 128 may stand for a signal.</summary>
    internal static string ExitCode(int code) =>
        OperatingSystem.IsWindows() || code is <= 128 or > 128 + 64
            ? $"exit code {code.ToString(CultureInfo.InvariantCulture)}"
            : $"exit code {code.ToString(CultureInfo.InvariantCulture)}, as after {SignalName(code - 128)}";

    private static IpcProcessException Explain(ChildProcess process, string what, IpcDelivery delivery)
    {
        string tail = process.Output.Tail;
        int? exitCode = process.Exited.IsCompletedSuccessfully ? process.Exited.Result : null;
        return new IpcProcessException($"Process {process.Id} ('{process.Name}') {what} {Printed(tail)}", process.Id, exitCode, tail, delivery);
    }

    /// <summary>The last lines, without the stacks of exceptions: what they say stands above them.</summary>
    private static string Printed(string tail)
    {
        string[] lines = [.. tail.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(static line => !line.StartsWith("at ", StringComparison.Ordinal))
            .TakeLast(LinesInMessage)
            .Select(static line => line.Length > LineLengthInMessage ? line[..LineLengthInMessage] + "…" : line)];
        return lines.Length == 0 ? "It printed nothing." : $"It printed last: \"{string.Join(" | ", lines)}\".";
    }

    private static string Describe(FileKind? kind) => kind switch
    {
        null => "closed",
        FileKind.CharacterDevice => "a terminal or another device",
        FileKind.Regular => "a file",
        _ => "something else",
    };

    private static string SignalName(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        _ => $"signal {signal.ToString(CultureInfo.InvariantCulture)}",
    };
}
