using System.Globalization;

namespace Contracts.Ipc.Native;

/// <summary>What /proc/[pid]/status tells of a process: whose it is, and which signals do not reach it as its maker thinks. proc_pid_status(5).</summary>
/// <param name="EffectiveUserId">The user that it acts for.</param>
/// <param name="Caught">Bit n − 1: signal n has a handler.</param>
/// <param name="Blocked">Bit n − 1: the first thread blocks signal n, and with it, mostly, those that it started.</param>
internal readonly record struct ProcessStatus(uint EffectiveUserId, ulong Caught, ulong Blocked)
{
    /// <summary>Of a process; null if there is none.</summary>
    public static ProcessStatus? Of(int process)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines($"/proc/{process}/status");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        uint? user = null;
        ulong caught = 0, blocked = 0;
        foreach (string line in lines)
        {
            ReadOnlySpan<char> value = line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1).Trim();
            if (line.StartsWith("Uid:", StringComparison.Ordinal))
            {
                // Real, effective, saved, file system.
                user = value.ToString().Split('\t') is [_, var effective, _, _] ? uint.Parse(effective, CultureInfo.InvariantCulture) : null;
            }
            else if (line.StartsWith("SigCgt:", StringComparison.Ordinal))
            {
                caught = ulong.Parse(value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("SigBlk:", StringComparison.Ordinal))
            {
                blocked = ulong.Parse(value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            }
        }

        return user is { } known ? new ProcessStatus(known, caught, blocked) : null;
    }

    /// <summary>Whether a signal has a handler; without one, a real-time signal ends the process.</summary>
    public bool Catches(int signal) => (Caught >> (signal - 1) & 1) != 0;

    /// <summary>Whether a signal would have to wait for ever.</summary>
    public bool Blocks(int signal) => (Blocked >> (signal - 1) & 1) != 0;
}
