namespace Contracts.Ipc.Cli.Doctor.Checks;

/// <summary>Limits of System V message queues, sysvipc(7).</summary>
internal static class SystemVQueueChecks
{
    private const string Area = "sysv";

    private static readonly (string Name, long Least, string Advice)[] Limits =
    [
        ("msgmax", 8192, "Messages are cut into smaller fragments than they need be. sysctl kernel.msgmax=8192 (the default) or more."),
        ("msgmnb", 16384, "A queue holds so little that callers wait for one another. sysctl kernel.msgmnb=16384 (the default) or more."),
        ("msgmni", 501, "Each client of a sysv: server has a queue of its own, for all users together. sysctl kernel.msgmni=32000 (the default)."),
    ];

    public static IEnumerable<Finding> Of(Machine machine)
    {
        foreach ((string name, long least, string advice) in Limits)
        {
            long? value = machine.ReadNumber($"/proc/sys/kernel/{name}");
            yield return value is null
                ? new Finding(Area, $"kernel.{name}", null, Verdict.Warning, "It cannot be read: the kernel has no System V queues, or /proc/sys is hidden.")
                : new Finding(Area, $"kernel.{name}", $"{value}", value < least ? Verdict.Warning : Verdict.Ok, value < least ? advice : null);
        }

        if (machine.Read("/proc/sysvipc/msg") is { } queues && machine.ReadNumber("/proc/sys/kernel/msgmni") is { } most)
        {
            int used = queues.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
            bool isFull = used > most * 9 / 10;
            yield return new Finding(
                Area, "queues in use", $"{used} of {most}", isFull ? Verdict.Warning : Verdict.Ok, isFull ? "'ipc clean' removes those of dead processes; 'ipcs -q' shows all of them." : null);
        }
    }
}
