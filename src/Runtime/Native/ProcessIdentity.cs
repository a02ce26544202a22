using System.Globalization;

namespace Contracts.Ipc.Native;

/// <summary>A process, told apart from every later one that gets the same number: its id and when it started, in clock ticks since the system started.</summary>
/// <remarks>Within one pid namespace. The start is field 22 of /proc/[pid]/stat, proc_pid_stat(5).</remarks>
internal readonly record struct ProcessIdentity(uint Id, ulong StartTime)
{
    private const int FieldsBeforeStartTime = 19;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = new((uint)Environment.ProcessId, StartTimeOf(Environment.ProcessId) ?? 0);

    /// <summary>The process that has this number now, or null.</summary>
    public static ProcessIdentity? Of(int process) => StartTimeOf(process) is { } startTime ? new ProcessIdentity((uint)process, startTime) : null;

    /// <summary>Whether the process runs. One that has ended does not, even if its parent has not yet asked for its exit code.</summary>
    public bool IsAlive()
    {
        if (this == Current)
        {
            return true;
        }

        using SafeDescriptor? process = TryOpen(out bool isUnknown);
        return process is not null || (isUnknown && Read((int)Id) is { HasEnded: false } seen && seen.StartTime == StartTime);
    }

    /// <summary>Opens a descriptor that becomes readable when the process ends.</summary>
    /// <param name="isUnknown">True if the kernel could not say: it has no such call, or no descriptor is left.</param>
    /// <returns>Null if the process has ended, or if that is unknown.</returns>
    public SafeDescriptor? TryOpen(out bool isUnknown)
    {
        // The descriptor first: while it is open, what /proc says is about the process that it stands for.
        SafeDescriptor? process = ProcessDescriptor.TryOpen((int)Id, out isUnknown);
        if (process is not null && StartTimeOf((int)Id) == StartTime && !ProcessDescriptor.HasEnded(process))
        {
            return process;
        }

        process?.Dispose();
        return null;
    }

    private static ulong? StartTimeOf(int process) => Read(process)?.StartTime;

    /// <returns>Null if there is no such process. Ended: at least its first thread has, which is all that this file tells.</returns>
    private static (ulong StartTime, bool HasEnded)? Read(int process)
    {
        string line;
        try
        {
            line = File.ReadAllText($"/proc/{process}/stat");
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }

        // "pid (name) state …": the name may contain anything, brackets and blanks too.
        ReadOnlySpan<char> rest = line.AsSpan(line.LastIndexOf(')') + 2);
        int field = 0;
        foreach (Range part in rest.Split(' '))
        {
            if (field++ == FieldsBeforeStartTime)
            {
                return (ulong.Parse(rest[part], CultureInfo.InvariantCulture), rest[0] is 'Z' or 'X');
            }
        }

        return null;
    }
}
