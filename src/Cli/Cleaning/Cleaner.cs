using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Cli.Cleaning;

/// <summary>Cleans, and keeps account of it: the account is made of what the journals said before and say afterwards.</summary>
internal static class Cleaner
{
    private const string StillThere = "it could not be removed or examined; the next 'ipc clean' tries again";

    /// <summary>Removes what the dead have left, or looks what it is.</summary>
    /// <param name="isRehearsal">Only look.</param>
    public static CleaningReport Clean(bool isRehearsal)
    {
        IReadOnlyList<OwnerRecord> before = OwnerRecords.Read();
        IReadOnlyList<StaleObject> found = StaleObjects.Find();
        IEnumerable<CleanedObject> spared = Spared(before);
        if (isRehearsal)
        {
            return new CleaningReport(true, [.. found.Select(one => Of(one, ObjectFate.WouldBeRemoved, null)), .. spared]);
        }

        _ = StaleObjects.Remove();

        // A journal goes with the last object that it lists; what it still lists has resisted.
        CleanedObject[] resisting = [.. OwnerRecords.Read().Where(record => !record.IsAlive && before.Any(known => known.Process == record.Process)).SelectMany(Resisting)];
        return new CleaningReport(
            false,
            [
                .. found.Where(one => !resisting.Any(left => left.Name == one.Name)).Select(one => Of(one, ObjectFate.Removed, null)),
                .. spared,
                .. resisting.Where(left => !spared.Any(one => one.Name == left.Name)),
            ]);
    }

    // A name that a dead process had and a living one has now.
    private static CleanedObject[] Spared(IReadOnlyList<OwnerRecord> records)
    {
        ILookup<(OwnedKind, string), uint> living = records
            .Where(record => record.IsAlive)
            .SelectMany(record => record.Objects.Select(entry => (Key: (entry.Kind, entry.Name), record.Process.Id)))
            .ToLookup(pair => pair.Key, pair => pair.Id);
        return
        [
            .. records.Where(record => !record.IsAlive).SelectMany(record => record.Objects
                .Where(entry => entry.Kind != OwnedKind.Endpoint && living.Contains((entry.Kind, entry.Name)))
                .Select(entry => Of(record, entry, ObjectFate.Spared, $"process {living[(entry.Kind, entry.Name)].First()} lives and has it now"))),
        ];
    }

    private static IEnumerable<CleanedObject> Resisting(OwnerRecord record) => record.IsKnown
        ? record.Objects.Where(entry => entry.Kind != OwnedKind.Endpoint).Select(entry => Of(record, entry, ObjectFate.Failed, StillThere))
        : [new CleanedObject("journal", record.Path, (int)record.Process.Id, DateTimeOffset.UnixEpoch, ObjectFate.Failed, "a later version of Contracts.Ipc has written it; update this tool")];

    private static CleanedObject Of(OwnerRecord record, JournalEntry entry, ObjectFate fate, string reason) =>
        new(entry.Kind.InFile(), entry.Name, (int)record.Process.Id, entry.Since, fate, reason);

    private static CleanedObject Of(StaleObject one, ObjectFate fate, string? reason) =>
        new(one.Kind.InFile(), one.Name, (int)one.Owner.Id, one.Since, fate, reason);
}
