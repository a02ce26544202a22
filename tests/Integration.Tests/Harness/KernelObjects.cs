using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>
/// What lives in the kernel under a name or number and survives its maker: POSIX queues, System V queues, named memory. They belong to the whole machine, where
/// other test processes may be running, so only those are told that belong to this one.
/// </summary>
internal static partial class KernelObjects
{
    private const string PosixQueue = "POSIX queue";
    private const string SharedMemory = "shared memory";
    private const string SystemVQueue = "System V queue";

    private static readonly string? QueueDirectory = FindQueueDirectory();
    private static readonly string Process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
    private static readonly ConcurrentDictionary<string, bool> Family = new(StringComparer.Ordinal) { [Process] = true };

    /// <summary>What the names begin with.</summary>
    internal static string[] Kinds { get; } = [PosixQueue, SharedMemory, SystemVQueue];

    /// <param name="oursOnly">Without the System V queues of others. Whose one is shows in its use: one that was there before may become ours later.</param>
    internal static IEnumerable<string> Names(bool oursOnly)
    {
        // The tests name everything with the number of their process: TestTransports.NewName.
        foreach (string queue in FilesIn(QueueDirectory).Where(static name => name.StartsWith("contracts.", StringComparison.Ordinal) && name.Contains(Process, StringComparison.Ordinal)))
        {
            yield return PosixQueue + " " + queue;
        }

        foreach (string memory in FilesIn("/dev/shm").Where(static name => name.StartsWith("contracts.", StringComparison.Ordinal) && name.Contains(Process, StringComparison.Ordinal)))
        {
            yield return SharedMemory + " " + memory;
        }

        foreach (string queue in SystemVQueues(oursOnly))
        {
            yield return queue;
        }
    }

    /// <summary>Says that a process belongs to this one.</summary>
    internal static void OnStarted(int process) => Family[process.ToString(CultureInfo.InvariantCulture)] = true;

    /// <summary>A System V queue has no name. Ours are those that this process or a peer of its used last.</summary>
    private static IEnumerable<string> SystemVQueues(bool oursOnly)
    {
        const string Table = "/proc/sysvipc/msg";
        foreach (string line in File.Exists(Table) ? File.ReadLines(Table).Skip(1) : [])
        {
            // key, msqid, perms, cbytes, qnum, lspid, lrpid, uid, …
            string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!oursOnly || columns[5..7].Any(Family.ContainsKey))
            {
                yield return $"{SystemVQueue} {columns[1]} of key {columns[0]}";
            }
        }
    }

    private static IEnumerable<string> FilesIn(string? directory)
        => directory is null ? [] : Directory.EnumerateFiles(directory).Select(static path => Path.GetFileName(path));

    /// <summary>The file system of POSIX queues: where it is mounted, or else mounted for this process alone, in no directory.</summary>
    private static string? FindQueueDirectory()
    {
        const string Usual = "/dev/mqueue";
        if (File.ReadLines("/proc/self/mounts").Any(static mount => mount.Contains($" {Usual} mqueue ", StringComparison.Ordinal)))
        {
            return Usual;
        }

        // fsopen(2), fsconfig(2), fsmount(2): the same numbers on every architecture. The mount goes with its descriptor, when the process ends.
        const int CommandCreate = 6;
        nint context = OpenFileSystem(430, "mqueue", 1);
        if (context < 0)
        {
            // Without privileges there is no look at queues; their counts are then part of what is not tested.
            return null;
        }

        using var owned = new SafeFileHandle(context, ownsHandle: true);
        nint mount = Configure(431, context, CommandCreate, 0, 0, 0) == 0 ? Mount(432, context, 1, 0) : -1;
        return mount < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{mount}");
    }

    [LibraryImport("libc", EntryPoint = "syscall", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenFileSystem(nint number, string name, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Configure(nint number, nint context, nint command, nint key, nint value, nint auxiliary);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Mount(nint number, nint context, nint flags, nint attributes);
}
