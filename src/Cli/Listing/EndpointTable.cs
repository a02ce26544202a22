using System.Globalization;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Listing;

/// <summary>Shows endpoints.</summary>
internal static class EndpointTable
{
    public static void Show(EndpointListing listing, DateTimeOffset now, Page page)
    {
        if (listing.Endpoints.Count == 0)
        {
            page.Line("No endpoints. Servers of other users, and those on pipe: outside of Linux, are not listed.", Tone.Faint);
            return;
        }

        Grid grid = new Grid("Endpoint", "State", "Pid", "Process", "Uid", "Clients", "Since", "Contracts").Numbers(2, 4, 5);
        foreach (EndpointEntry entry in listing.Endpoints)
        {
            grid.Add(
                new Cell(entry.Endpoint, Tone.Strong),
                entry.State == EndpointState.Live ? new Cell("live", Tone.Good) : new Cell("stale", Tone.Bad),
                entry.ProcessId,
                entry.Process,
                entry.UserId,
                entry.Connections,
                Since(entry.Since, now),
                ContractsOf(entry));
        }

        page.Table(grid);
    }

    private static Cell ContractsOf(EndpointEntry entry) =>
        entry.Reason is { } reason ? new Cell($"({reason.TrimEnd('.')})", Tone.Faint) : string.Join(", ", entry.Contracts ?? []);

    private static string Since(DateTimeOffset since, DateTimeOffset now) =>
        now - since < TimeSpan.FromDays(1)
            ? Quantity.Age(now - since)
            : since.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
