using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Listing;
using Contracts.Ipc.Cli.Outcomes;

namespace Contracts.Ipc.Cli.Connecting;

/// <summary>Endpoints as people type them, and what they may have meant.</summary>
internal static class EndpointText
{
    private const string ListThem = "'ipc ls' lists what there is.";

    /// <summary>Parses an endpoint.</summary>
    /// <exception cref="ToolException">It is none; the hint names the one that was probably meant.</exception>
    public static IpcEndpoint Parse(string text)
    {
        try
        {
            return IpcEndpoint.Parse(text);
        }
        catch (IpcEndpointException exception)
        {
            throw new ToolException(ExitCode.Usage, exception.Message, Hint(Meant(text)), exception);
        }
    }

    /// <summary>What to try instead of an endpoint where nobody listens.</summary>
    public static string Alternatives(IpcEndpoint endpoint) => Hint(Meant(endpoint.ToString()));

    // A name without its scheme, or nearly what somebody listens at.
    private static string? Meant(string text)
    {
        string[] known = [.. KnownEndpoints.Live().Where(known => known != text)];
        return known.FirstOrDefault(endpoint => endpoint.EndsWith($":{Address(text)}", StringComparison.Ordinal)) ?? Nearest.To(text, known);
    }

    private static string Address(string text) => text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static string Hint(string? meant) => meant is null ? ListThem : $"Did you mean '{meant}'? {ListThem}";
}
