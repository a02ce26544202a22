using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Contracts.Ipc.Cli.Benchmarking;
using Contracts.Ipc.Cli.Calling;
using Contracts.Ipc.Cli.Cleaning;
using Contracts.Ipc.Cli.Describing;
using Contracts.Ipc.Cli.Doctor;
using Contracts.Ipc.Cli.Headers;
using Contracts.Ipc.Cli.Listing;
using Contracts.Ipc.Cli.Monitoring;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.CommandLine;

/// <summary>The tool without its process: arguments in, text and an exit code out.</summary>
internal static class IpcTool
{
    /// <summary>What the tool is called, whatever process it runs in.</summary>
    public const string Name = "ipc";

    private const string StackVariable = "CONTRACTS_IPC_STACK";

    /// <summary>Runs one command line.</summary>
    /// <returns>What the process ends with, an <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Host host)
    {
        var options = new GlobalOptions();
        RootCommand root = Create(host, options);
        ParseResult? line = null;
        try
        {
            line = root.Parse(arguments);
            if (line.Action is ParseErrorAction)
            {
                throw UsageError.Of(line);
            }

            // A handler of its own would print a stack.
            return await line.InvokeAsync(new InvocationConfiguration { Output = host.Output, Error = host.Error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception)
        {
            return (int)Report(Failures.Of(exception), line, host, options);
        }
    }

    private static RootCommand Create(Host host, GlobalOptions options)
    {
        var root = new RootCommand("Looks at the Contracts.Ipc servers of this machine: lists, describes, calls, watches and measures them.")
        {
            new ListCommand(host, options),
            new DescribeCommand(host, options),
            new CallCommand(host, options),
            new MonitorCommand(host, options),
            new BenchCommand(host, options),
            new CleanCommand(host, options),
            new DoctorCommand(host, options),
            new HeaderCommand(host, options),
            new CompletionCommand(host),
        };
        root.Options.Add(options.Json);
        root.Options.Add(options.NoColor);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction(host);
        root.SetAction(line =>
        {
            // Somebody who types only the name wants to know what there is; a script that does so has made a mistake.
            _ = new HelpAction().Invoke(line);
            return (int)ExitCode.Usage;
        });
        return root;
    }

    private static ExitCode Report(ToolException error, ParseResult? line, Host host, GlobalOptions options)
    {
        if (line?.GetValue(options.Json) ?? false)
        {
            Documents.Write(host.Output, ErrorReport.Of(error), Documents.Shapes.ErrorReport);
        }
        else
        {
            ErrorMessage.Write(error, host, host.AllowsColor && !(line?.GetValue(options.NoColor) ?? false));
        }

        if (Environment.GetEnvironmentVariable(StackVariable) is { Length: > 0 })
        {
            host.Error.WriteLine(error.InnerException ?? error);
        }

        return error.Code;
    }

    // The library's own prints the version of the program, which need not be this assembly.
    private sealed class VersionAction(Host host) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            host.Output.WriteLine(typeof(IpcTool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
            return (int)ExitCode.Ok;
        }
    }
}
