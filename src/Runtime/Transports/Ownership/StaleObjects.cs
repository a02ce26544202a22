using System.Collections.Concurrent;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Ownership;

/// <summary>Something that a dead process has left.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Which one.</param>
/// <param name="Owner">Who made it.</param>
/// <param name="Since">When.</param>
internal readonly record struct StaleObject(OwnedKind Kind, string Name, ProcessIdentity Owner, DateTimeOffset Since);

/// <summary>
/// Finds and removes what the dead have left: whatever their journals list, except what a living process lists too, and except what a look at the object itself
/// shows to be somebody else's.
/// </summary>
/// <remarks>All of it happens under the lock of the owners' directory, so that nobody takes a name between the look and the removal.</remarks>
internal static class StaleObjects
{
    /// <summary>
    /// A survivor may learn of a death before the kernel has dropped the locks of the dead. Then it waits for the end, but not for ever: a connection can
    /// also be lost to a process that lives on.
    /// </summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    private static readonly ConcurrentDictionary<int, bool> Lost = new();

    /// <summary>What is there to remove.</summary>
    /// <exception cref="IpcEndpointException">The directory cannot be read, or somebody has held its lock for seconds.</exception>
    public static IReadOnlyList<StaleObject> Find() => Visit(remove: false);

    /// <summary>Removes it. Never throws: whoever cleans in passing has something else to do.</summary>
    /// <returns>How many objects.</returns>
    public static int Remove()
    {
        try
        {
            return Visit(remove: true).Count;
        }
        catch (Exception error) when (error is IpcException or IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Removes it on the thread pool: for those who have just lost a peer.</summary>
    /// <param name="process">The one that was lost, if it is known. If it has a journal and is not quite dead yet, its end is waited for.</param>
    public static void RemoveSoon(int? process)
    {
        // A process that is lost over many connections is cleaned up after once.
        if (OperatingSystem.IsLinux() && process != Environment.ProcessId && Lost.TryAdd(process ?? 0, true))
        {
            _ = Task.Run(() => RemoveAsync(process ?? 0));
        }
    }

    private static async Task RemoveAsync(int process)
    {
        _ = Remove();
        foreach (ProcessIdentity owner in process == 0 ? [] : OwnerRecords.IdentitiesOf(process))
        {
            await WaitForEndAsync(owner).ConfigureAwait(false);
            _ = Remove();
        }

        _ = Lost.TryRemove(process, out _);
    }

    private static async Task WaitForEndAsync(ProcessIdentity process)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using ProcessWatch watch = ProcessWatch.Start(process, () => ended.TrySetResult());
        try
        {
            await ended.Task.WaitAsync(LongestEnd).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It lives on without us.
        }
    }

    private static List<StaleObject> Visit(bool remove)
    {
        var found = new List<StaleObject>();
        if (OwnersDirectory.Find(make: false) is not { } directory)
        {
            return found;
        }

        using SafeDescriptor locked = OwnersDirectory.Lock(directory);
        List<OwnerRecord> records = OwnerRecords.Read(directory);
        if (records.TrueForAll(static record => record.IsAlive))
        {
            return found;
        }

        HashSet<(OwnedKind, string)> needed =
            [.. records.Where(static record => record.IsAlive).SelectMany(static record => record.Objects).Select(static entry => (entry.Kind, entry.Name))];
        foreach (OwnerRecord dead in records.Where(static record => record is { IsAlive: false, IsKnown: true }))
        {
            bool isDone = true;
            foreach (JournalEntry entry in dead.Objects.Where(entry => !needed.Contains((entry.Kind, entry.Name))))
            {
                Remains remains = Remainder.Visit(entry, dead.Process, remove);
                isDone &= remains != Remains.Unknown;
                if (remains == Remains.Left)
                {
                    found.Add(new StaleObject(entry.Kind, entry.Name, dead.Process, entry.Since));
                }
            }

            if (remove && isDone)
            {
                Files.Remove(dead.Path);
            }
        }

        return found;
    }
}
