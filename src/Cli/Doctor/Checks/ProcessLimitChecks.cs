namespace Contracts.Ipc.Cli.Doctor.Checks;

/// <summary>Limits of a process, getrlimit(2). A server started by other means (systemd) may have others.</summary>
internal static class ProcessLimitChecks
{
    private const string Area = "limits";

    private static readonly (Resource Resource, string Name, ulong Least, string Advice)[] Limits =
    [
        (Resource.OpenFiles, "RLIMIT_NOFILE", 1024, "Each connection takes 1 to 4 descriptors. ulimit -n 4096, or LimitNOFILE= in systemd."),
        (Resource.PendingSignals, "RLIMIT_SIGPENDING", 1024, "Real-time signals that are not yet handled count for all processes of the user; beyond the limit a signal: call fails. ulimit -i, or LimitSIGPENDING= in systemd."),
        (Resource.LockedMemory, "RLIMIT_MEMLOCK", 0, ""),
    ];

    public static IEnumerable<Finding> Of(Machine machine)
    {
        foreach ((Resource resource, string name, ulong least, string advice) in Limits)
        {
            if (machine.LimitOf(resource) is { } limit)
            {
                bool isLow = limit.Soft < least;
                yield return new Finding(Area, name, limit.ToString(), isLow ? Verdict.Warning : Verdict.Ok, isLow ? advice : null);
            }
        }
    }
}
