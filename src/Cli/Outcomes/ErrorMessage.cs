using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Outcomes;

/// <summary>Shows an error to people, on the standard error stream.</summary>
internal static class ErrorMessage
{
    public static void Write(ToolException error, Host host, bool color)
    {
        Page page = Page.For(host.Error, host, color);
        page.Line($"error: {error.Message}", Tone.Bad);
        if (error.FaultType is { } type)
        {
            page.Line($"type: {type}");
        }

        if (error.FaultDetail is { } detail)
        {
            page.Line($"detail: {detail.ToJsonString(Documents.Lines.Options)}");
        }

        if (error.Hint is { } hint)
        {
            page.Line(hint, Tone.Faint);
        }
    }
}
