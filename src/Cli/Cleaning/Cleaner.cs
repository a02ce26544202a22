using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Cli.Cleaning;

/// <summary>Cleans, and keeps account of it.</summary>
internal static class Cleaner
{
    private const string StillThere = "it could not be removed; the next 'ipc clean' tries again";

    /// <summary>Removes what the dead have left, or looks what it is.</summary>
    /// <param name="isRehearsal">Only look.</param>
    public static CleaningReport Clean(bool isRehearsal)
    {
        IReadOnlyList<StaleObject> found = StaleObjects.Find();
        if (isRehearsal)
        {
            return new CleaningReport(true, [.. found.Select(one => Of(one, ObjectFate.WouldBeRemoved, null))]);
        }

        _ = StaleObjects.Remove();
        HashSet<StaleObject> left = [.. StaleObjects.Find()];
        return new CleaningReport(false, [.. found.Select(one => left.Contains(one) ? Of(one, ObjectFate.Kept, StillThere) : Of(one, ObjectFate.Removed, null))]);
    }

    private static CleanedObject Of(StaleObject one, ObjectFate fate, string? reason) =>
        new(one.Kind.InFile(), one.Name, (int)one.Owner.Id, one.Since, fate, reason);
}
