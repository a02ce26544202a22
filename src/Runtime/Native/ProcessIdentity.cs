using System.Globalization;

namespace Contracts.Ipc.Native;

/// <summary>A process, told apart from every later one that gets the same number: its id and when it started, in clock ticks since the system started.</summary>
/// <remarks>Within one pid namespace. The start is field 22 of /proc/[pid]/stat, proc_pid_stat(5).</remarks>
internal readonly record struct ProcessIdentity(uint Id, ulong StartTime)
{
    private const int FieldsBeforeStartTime = 19;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = new((uint)Environment.ProcessId, StartTimeOf(Environment.ProcessId) ?? 0);

    /// <summary>Whether the process runs. One that has ended and was not waited for by its parent does not.</summary>
    public bool IsAlive()
    {
        if (this == Current)
        {
            return true;
        }

        // The descriptor first: while it is open, the answer of /proc is about the same process or an earlier end of it.
        using SafeDescriptor? process = ProcessDescriptor.TryOpen((int)Id, out bool isUnsupported);
        if (isUnsupported)
        {
            return StartTimeOf((int)Id) == StartTime;
        }

        return process is not null && StartTimeOf((int)Id) == StartTime && !ProcessDescriptor.HasEnded(process);
    }

    /// <returns>Null if there is no such process.</returns>
    private static ulong? StartTimeOf(int process)
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
                return ulong.Parse(rest[part], CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}
