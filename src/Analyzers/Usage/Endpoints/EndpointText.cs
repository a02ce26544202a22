using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Endpoints;

/// <summary>An endpoint that stands in the source, wholly or as far as its scheme.</summary>
internal readonly struct EndpointText
{
    private EndpointText(string scheme, string? text, IOperation source)
    {
        Scheme = scheme;
        Text = text;
        Source = source;
    }

    /// <summary>What stands before the colon; empty if there is no colon.</summary>
    internal string Scheme { get; }

    /// <summary>The whole, if it is constant.</summary>
    internal string? Text { get; }

    /// <summary>What is written in the source.</summary>
    internal IOperation Source { get; }

    internal string Address => Text is { } text && text.Length > Scheme.Length ? text.Substring(Scheme.Length + 1) : "";

    /// <summary>The endpoint that an expression of type IpcEndpoint makes of a text in the source; null if it comes from elsewhere.</summary>
    internal static EndpointText? Of(IOperation? value, UsageSymbols symbols)
    {
        switch (value.Origin())
        {
            case IConversionOperation { OperatorMethod: { } method } conversion when UsageSymbols.Same(method.ContainingType, symbols.Endpoint):
                return OfText(conversion.Operand);

            case IInvocationOperation { TargetMethod: { IsStatic: true } method } call when UsageSymbols.Same(method.ContainingType, symbols.Endpoint) && call.Arguments.Length == 1:
                return method.Name == "Parse" ? OfText(call.Arguments[0].Value) : OfFactory(method.Name, call.Arguments[0].Value);

            case IPropertyReferenceOperation { Property: { IsStatic: true, Name: "StandardIO" } property } reference when UsageSymbols.Same(property.ContainingType, symbols.Endpoint):
                return new EndpointText("stdio", "stdio:", reference);

            default:
                return null;
        }
    }

    private static EndpointText? OfText(IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: string text })
        {
            int colon = text.IndexOf(':');
            return new EndpointText(colon < 0 ? "" : text.Substring(0, colon), text, value);
        }

        // $"unix:{name}": the scheme is known, what follows is not.
        return value.Bare() is IInterpolatedStringOperation { Parts: { Length: > 0 } parts }
            && parts[0] is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string begin } }
            && begin.IndexOf(':') is int end and > 0
                ? new EndpointText(begin.Substring(0, end), null, value)
                : null;
    }

    private static EndpointText? OfFactory(string factory, IOperation argument)
    {
        string? scheme = factory switch
        {
            "Unix" => "unix",
            "SharedMemory" => "shm",
            "Pipe" => "pipe",
            "Fifo" => "fifo",
            "SystemVQueue" => "sysv",
            "Signal" => "signal",
            "Device" => "device",
            "PosixQueue" => "mq",
            "InProcess" => "inproc",
            _ => null,
        };
        return scheme is null ? null : new EndpointText(scheme, argument.ConstantValue is { HasValue: true, Value: string address } ? scheme + ":" + address : null, argument);
    }
}
