using System.Globalization;
using System.Text.Json;
using Contracts.Ipc.Cli.Presentation;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Monitoring;

/// <summary>Shows calls as they come, a line each; the columns have fixed widths, because the next line is not known yet.</summary>
internal sealed class CallLines(Page page)
{
    private const int TimeWidth = 12;
    private const int DurationWidth = 10;
    private const int ProcessWidth = 8;
    private const int BytesWidth = 15;

    private bool _hasHead;

    /// <summary>A call as the server reports it.</summary>
    public static CallLine Of(CallReport report) => new(
        DateTime.SpecifyKind(report.StartedAt, DateTimeKind.Utc),
        report.Connection,
        report.ProcessId,
        $"{report.Contract}.{report.Method}",
        Math.Round(report.Duration.TotalMicroseconds, 1),
        report.ArgumentBytes,
        report.ResultBytes,
        report.Outcome == IpcErrorCode.None ? null : JsonNamingPolicy.CamelCase.ConvertName(report.Outcome.ToString()),
        report.Error);

    /// <summary>Shows one line.</summary>
    public void Show(MonitorLine line)
    {
        if (line.Lost is { } lost)
        {
            page.Line($"{lost} calls came too fast and were not fetched in time.", Tone.Warning);
        }

        if (line.Call is { } call)
        {
            ShowHead();
            page.Line(Text(call), call.Error is null ? Tone.Normal : Tone.Bad);
        }
    }

    private static string Text(CallLine call) => Row(
        call.At.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        call.ProcessId?.ToString(CultureInfo.InvariantCulture) ?? $"#{call.Connection}",
        Quantity.Microseconds(call.Microseconds),
        $"{call.ArgumentBytes} > {call.ResultBytes}",
        call.Error is null ? call.Method : $"{call.Method}  {call.Error}{(call.ErrorType is null ? "" : $" {call.ErrorType}")}");

    private static string Row(string time, string client, string duration, string bytes, string call) =>
        $"{time.PadRight(TimeWidth)}  {client.PadLeft(ProcessWidth)}  {duration.PadLeft(DurationWidth)}  {bytes.PadLeft(BytesWidth)}  {call}";

    private void ShowHead()
    {
        if (!_hasHead)
        {
            _hasHead = true;
            page.Line(Row("TIME", "CLIENT", "DURATION", "BYTES", "CALL"), Tone.Strong);
        }
    }
}
