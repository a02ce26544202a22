using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Connecting;
using Contracts.Ipc.Cli.Dynamic;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Calling;

/// <summary><c>ipc call</c>: calls a method with JSON, knowing of the contract only what the server sends.</summary>
internal sealed class CallCommand : ToolCommand<CallOutcome>
{
    private readonly ServerArguments _server = new();
    private readonly Argument<string> _method = new("method") { Description = "Contract.Method. Both may be shortened where only one fits: Calculator.Add." };
    private readonly Argument<string?> _arguments = new("arguments")
    {
        Description = "A JSON object by the names of the parameters, or an array in their order; - reads it from standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _instance = new("--instance")
    {
        Description = "The name of the instance, where the server offers several of the contract.",
        HelpName = "name",
        DefaultValueFactory = _ => "",
    };

    public CallCommand(Host host, GlobalOptions options)
        : base("call", "Call a method with JSON, without the contract's assembly.", host, options, Documents.Shapes.CallOutcome)
    {
        _method.CompletionSources.Add(new MethodCompletion(_server).Get);
        _server.AddTo(this);
        Arguments.Add(_method);
        Arguments.Add(_arguments);
        Options.Add(_instance);
    }

    protected override async Task<CallOutcome> ExecuteAsync(ParseResult line, CancellationToken cancellationToken)
    {
        await using Server server = await _server.ConnectAsync(line, cancellationToken);
        MethodTarget target = await MethodTarget.FindAsync(server, line.GetRequiredValue(_method), line.GetValue(_instance) ?? "", cancellationToken);
        JsonElement arguments = CallArguments.Read(line.GetValue(_arguments), Host.Input, target.Template);
        long begin = Stopwatch.GetTimestamp();
        DynamicResult result = await CallAsync(target, arguments, new IpcCallOptions { Timeout = _server.TimeoutOf(line) }, cancellationToken);
        double microseconds = Math.Round(Stopwatch.GetElapsedTime(begin).TotalMicroseconds, 1);
        return new CallOutcome(
            server.Connection.Endpoint.ToString(),
            $"{target.Schema.Name}.{target.Method.WireName}",
            result.HasValue,
            result.HasValue ? JsonNode.Parse(result.ToJson(indented: false)) : null,
            microseconds);
    }

    // The result alone, so that it can go through a pipe to the next program.
    protected override void Show(CallOutcome model, Page page)
    {
        if (model.HasResult)
        {
            page.Line(model.Result?.ToJsonString(Documents.Shapes.Options) ?? "null");
        }
    }

    private static async Task<DynamicResult> CallAsync(MethodTarget target, JsonElement arguments, IpcCallOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await target.CallAsync(arguments, options, cancellationToken);
        }
        catch (JsonMismatchException mismatch)
        {
            throw new ToolException(ExitCode.Usage, mismatch.Message, $"{target.Method.Signature}\nFor example {target.Template()}", mismatch);
        }
        catch (DynamicFaultException fault)
        {
            throw new ToolException(ExitCode.Fault, fault.Message, inner: fault)
            {
                FaultType = fault.FaultType,
                FaultDetail = fault.DetailJson is { } detail ? JsonNode.Parse(detail) : null,
            };
        }
    }
}
