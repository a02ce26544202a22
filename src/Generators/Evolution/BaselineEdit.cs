namespace Contracts.Ipc.Generators.Evolution;

/// <summary>Brings a baseline up to date: what is new is added to the unshipped file, what is gone is taken from it, or marked as removed if it was shipped.</summary>
internal static class BaselineEdit
{
    /// <summary>The new text of the unshipped file.</summary>
    internal static string Update(BaselineFile shipped, BaselineFile unshipped, IEnumerable<ContractFact> added, IEnumerable<ContractFact> gone)
    {
        var facts = new HashSet<ContractFact>(unshipped.Facts);
        var removed = new HashSet<ContractFact>(unshipped.Removed);
        var inShipped = new HashSet<ContractFact>(shipped.Facts);
        foreach (ContractFact fact in gone)
        {
            if (!facts.Remove(fact) && inShipped.Contains(fact))
            {
                removed.Add(fact);
            }
        }

        foreach (ContractFact fact in added)
        {
            // What comes back as it was is simply no longer gone.
            if (!removed.Remove(fact) && !inShipped.Contains(fact))
            {
                facts.Add(fact);
            }
        }

        return BaselineFile.ToUnshipped(facts, removed, unshipped.Comments);
    }

    /// <summary>The new text of the shipped file when everything is shipped.</summary>
    internal static string Ship(BaselineFile shipped, BaselineFile unshipped)
    {
        var removed = new HashSet<ContractFact>(unshipped.Removed);
        return BaselineFile.ToShipped(shipped.Facts.Where(fact => !removed.Contains(fact)).Concat(unshipped.Facts), shipped.Comments);
    }
}
