using System.Globalization;

namespace Contracts.Ipc.Tests;

/// <summary>SIGINT, which shells ignore on behalf of what they start in the background; and what is ignored stays so in every process that is started then.</summary>
internal static class InterruptSignal
{
    /// <summary>Skips a test that would wait for ever.</summary>
    internal static void SkipIfIgnored()
        => Assert.SkipWhen(IsIgnored(), "The tests were started with SIGINT ignored, as shells start what runs in the background, and every process of theirs ignores it as well.");

    // See proc_pid_status(5): bit 1 of the mask is signal 2.
    private static bool IsIgnored()
    {
        string line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (ulong.Parse(line.AsSpan("SigIgn:".Length), NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) & 0b10) != 0;
    }
}
