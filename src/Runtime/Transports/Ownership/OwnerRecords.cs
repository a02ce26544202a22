using System.Globalization;
using Contracts.Ipc.Native;
using Microsoft.Win32.SafeHandles;

namespace Contracts.Ipc.Transports.Ownership;

/// <summary>The journal of a process, as others read it.</summary>
/// <param name="Process">Whose it is, by its name: for people. Whether that process lives is said by the lock alone.</param>
/// <param name="IsAlive">Whether the journal is locked.</param>
/// <param name="Objects">What the process has, or had; empty if a later version of this library has written it.</param>
internal sealed record OwnerRecord(ProcessIdentity Process, bool IsAlive, IReadOnlyList<JournalEntry> Objects)
{
    /// <summary>Where the journal lies.</summary>
    internal required string Path { get; init; }

    /// <summary>Whether this version understands the journal.</summary>
    internal bool IsKnown { get; init; }
}

/// <summary>The journals of all processes of this user.</summary>
internal static class OwnerRecords
{
    /// <summary>More than this no process has.</summary>
    private const int LongestJournal = 16 * 1024 * 1024;

    /// <summary>Reads them all.</summary>
    /// <exception cref="IpcEndpointException">Somebody has held the directory's lock for seconds.</exception>
    public static IReadOnlyList<OwnerRecord> Read()
    {
        if (OwnersDirectory.Find(make: false) is not { } directory)
        {
            return [];
        }

        using SafeDescriptor locked = OwnersDirectory.Lock(directory);
        return Read(directory);
    }

    /// <summary>Reads them all, for a caller who holds the directory's lock. As long as he does, the dead stay dead: nobody can take a journal over.</summary>
    internal static List<OwnerRecord> Read(string directory)
    {
        var records = new List<OwnerRecord>();
        foreach (string path in Directory.EnumerateFiles(directory))
        {
            try
            {
                if (ReadOne(path) is { } record)
                {
                    records.Add(record);
                }
            }
            catch (IOException)
            {
                // Its owner has just removed it, or no descriptor is left for it.
            }
        }

        return records;
    }

    /// <summary>The processes of that number that have a journal: mostly one or none.</summary>
    internal static List<ProcessIdentity> IdentitiesOf(int process)
    {
        if (OwnersDirectory.Find(make: false) is not { } directory)
        {
            return [];
        }

        try
        {
            return
            [
                .. Directory.EnumerateFiles(directory, string.Create(CultureInfo.InvariantCulture, $"{process}-*"))
                    .Select(static path => ParseName(Path.GetFileName(path.AsSpan())))
                    .OfType<ProcessIdentity>(),
            ];
        }
        catch (IOException)
        {
            // The directory has just been removed.
            return [];
        }
    }

    private static OwnerRecord? ReadOne(string path)
    {
        if (ParseName(Path.GetFileName(path.AsSpan())) is not { } process)
        {
            return null;
        }

        using SafeDescriptor? opened = Files.TryOpen(path);
        if (opened is null || Files.Status(opened) is not { Kind: FileKind.Regular } status || status.UserId != Files.EffectiveUserId)
        {
            return null;
        }

        bool isAlive = !Files.TryLock(opened);
        using var file = new SafeFileHandle(opened.Number, ownsHandle: false);
        byte[] bytes = new byte[Math.Min(status.Length, LongestJournal)];
        int length = RandomAccess.Read(file, bytes, 0);
        List<JournalEntry>? entries = JournalFormat.Parse(bytes.AsSpan(0, length));
        return new OwnerRecord(process, isAlive, entries ?? []) { Path = path, IsKnown = entries is not null };
    }

    private static ProcessIdentity? ParseName(ReadOnlySpan<char> name)
    {
        // Behind a point: the number of a copy.
        int point = name.IndexOf('.');
        name = point < 0 ? name : name[..point];
        int dash = name.IndexOf('-');
        return dash > 0
            && uint.TryParse(name[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out uint id)
            && ulong.TryParse(name[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong start)
                ? new ProcessIdentity(id, start)
                : null;
    }
}
