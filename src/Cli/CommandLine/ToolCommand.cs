using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.CommandLine;

/// <summary>
/// A command: finds something out and hands back what it found. Whether that becomes a table or a JSON document is decided here, once for all commands.
/// </summary>
/// <typeparam name="TModel">What was found; its shape is that of the JSON document.</typeparam>
internal abstract class ToolCommand<TModel> : Command
    where TModel : class
{
    private readonly JsonTypeInfo<TModel> _json;

    protected ToolCommand(string name, string description, Host host, GlobalOptions options, JsonTypeInfo<TModel> json)
        : base(name, description)
    {
        Host = host;
        Common = options;
        _json = json;
        SetAction(RunAsync);
    }

    /// <summary>Streams and terminal.</summary>
    protected Host Host { get; }

    /// <summary>What every command understands.</summary>
    protected GlobalOptions Common { get; }

    /// <summary>Does the work. Throws <see cref="ToolException"/>, or what the library throws.</summary>
    protected abstract Task<TModel> ExecuteAsync(ParseResult line, CancellationToken cancellationToken);

    /// <summary>Shows what was found to people.</summary>
    protected abstract void Show(TModel model, Page page);

    /// <summary>What the process ends with when the work was done.</summary>
    protected virtual ExitCode Verdict(TModel model) => ExitCode.Ok;

    /// <summary>Whether the document is wanted.</summary>
    protected bool WantsJson(ParseResult line) => line.GetValue(Common.Json);

    /// <summary>The page that results are shown on.</summary>
    protected Page PageFor(ParseResult line) => Page.For(Host.Output, Host, Host.AllowsColor && !line.GetValue(Common.NoColor));

    private async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        TModel model = await ExecuteAsync(line, cancellationToken);
        if (WantsJson(line))
        {
            Documents.Write(Host.Output, model, _json);
        }
        else
        {
            Show(model, PageFor(line));
        }

        return (int)Verdict(model);
    }
}
