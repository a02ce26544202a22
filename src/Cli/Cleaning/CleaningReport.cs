namespace Contracts.Ipc.Cli.Cleaning;

/// <summary>What dead processes had left, and what became of it.</summary>
/// <param name="IsDryRun">Whether nothing was to be removed.</param>
/// <param name="Objects">Each object.</param>
internal sealed record CleaningReport(bool IsDryRun, IReadOnlyList<CleanedObject> Objects);

/// <summary>An object that a dead process had recorded.</summary>
/// <param name="Kind">What it is: a file (socket, FIFO, lock), a queue, a segment, an endpoint.</param>
/// <param name="Name">Which one.</param>
/// <param name="ProcessId">Who made it.</param>
/// <param name="Since">When.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Reason">Why it is still there; null if it is not, or if it was not to be removed.</param>
internal sealed record CleanedObject(string Kind, string Name, int ProcessId, DateTimeOffset Since, ObjectFate Fate, string? Reason);

/// <summary>What became of an object.</summary>
internal enum ObjectFate
{
    /// <summary>It would be removed: this was a rehearsal.</summary>
    WouldBeRemoved,

    /// <summary>It was removed.</summary>
    Removed,

    /// <summary>It was left alone: a living process has it.</summary>
    Spared,

    /// <summary>It should have been removed, and is still there.</summary>
    Failed,
}
