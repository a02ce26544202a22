using System.Globalization;

namespace Contracts.Ipc.Cli.Doctor.Checks;

/// <summary>How many processors there are for the two ends of a call: with one, nobody can wait awake.</summary>
internal static class ProcessorChecks
{
    private const string Area = "processors";

    public static IEnumerable<Finding> Of(Machine machine)
    {
        string? allowed = machine.Read("/proc/self/status")?.Split('\n').FirstOrDefault(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))?.Split('\t')[^1];
        string? online = machine.Read("/sys/devices/system/cpu/online");
        int count = Count(allowed ?? online);
        yield return new Finding(
            Area,
            "allowed of online",
            $"{allowed ?? "?"} of {online ?? "?"}",
            count == 1 ? Verdict.Warning : Verdict.Ok,
            count == 1
                ? "With one processor a waiting caller must sleep so that the server can run: calls take a sleep and a wake-up each, some microseconds more. Widen the affinity (taskset, cpuset) if there are others."
                : null);
        if (Quota(machine.Read("/sys/fs/cgroup/cpu.max")) is { } quota)
        {
            yield return new Finding(
                Area,
                "quota (cpu.max)",
                quota.ToString("0.##", CultureInfo.InvariantCulture),
                quota < 2 ? Verdict.Warning : Verdict.Ok,
                quota < 2 ? "Waiting awake uses up the quota, and the group is then stopped for the rest of its period: tails of up to 100 ms. Give it 2 or more, or let callers sleep." : null);
        }
    }

    /// <summary>How many processors a list such as <c>0-3,8</c> has; 0 if there is none.</summary>
    public static int Count(string? list)
    {
        int count = 0;
        foreach (string range in (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int[] ends = [.. range.Split('-').Select(end => int.TryParse(end, CultureInfo.InvariantCulture, out int number) ? number : -1)];
            count += ends is [>= 0 and int first, .., >= 0 and int last] ? last - first + 1 : ends is [>= 0] ? 1 : 0;
        }

        return count;
    }

    // "max 100000", or microseconds in each period.
    private static double? Quota(string? text) =>
        text?.Split(' ') is [var granted, var period]
        && double.TryParse(granted, CultureInfo.InvariantCulture, out double time)
        && double.TryParse(period, CultureInfo.InvariantCulture, out double every)
            ? time / every
            : null;
}
