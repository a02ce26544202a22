namespace Contracts.Ipc.Cli.Doctor;

/// <summary>How well something is.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Worth knowing; nothing fails for it.</summary>
    Note,

    /// <summary>Something is slower, or fails under load.</summary>
    Warning,

    /// <summary>Something does not work at all.</summary>
    Error,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Area">What it belongs to.</param>
/// <param name="Name">As the system calls it.</param>
/// <param name="Value">What it is, or null where it cannot be read.</param>
/// <param name="Verdict">How well that is.</param>
/// <param name="Advice">What it means and what to do; null where there is nothing to say.</param>
internal sealed record Finding(string Area, string Name, string? Value, Verdict Verdict, string? Advice = null);

/// <summary>Everything that was looked at.</summary>
/// <param name="Verdict">The worst of all.</param>
/// <param name="Findings">In the order in which they are shown.</param>
internal sealed record Diagnosis(Verdict Verdict, IReadOnlyList<Finding> Findings)
{
    public static Diagnosis Of(IEnumerable<Finding> findings)
    {
        Finding[] all = [.. findings];
        return new Diagnosis(all.Select(finding => finding.Verdict).DefaultIfEmpty(Verdict.Ok).Max(), all);
    }
}
