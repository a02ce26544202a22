namespace Contracts.Ipc.Cli.Doctor.Checks;

/// <summary>What the kernel can do, by trying it, and what it costs where it cannot.</summary>
internal static class KernelChecks
{
    private const string Area = "kernel";

    private static readonly (KernelFeature Feature, string Name, string Since, Verdict Without, string Advice)[] Features =
    [
        (KernelFeature.SealedMemory, "memfd with seals", "3.17", Verdict.Error, "shm: needs memory that its peer cannot shrink. Without it only the other transports work."),
        (KernelFeature.RobustMutexes, "robust mutexes", "2.6.17", Verdict.Error, "shm:, shared segments and shared queues need locks that outlive a killed holder. Use a current glibc or musl."),
        (KernelFeature.ProcessDescriptors, "pidfd", "5.3", Verdict.Warning, "Transports without an end of file (mq:, sysv:) learn of a killed peer late, by asking now and then."),
        (KernelFeature.PeerProcessDescriptors, "SO_PEERPIDFD", "6.5", Verdict.Note, "The peer of a socket is known by its process id only, which may have been given to another process since."),
        (KernelFeature.FutexVectors, "futex_waitv", "5.16", Verdict.Note, "Asynchronous waits for shared events and queues use a thread each instead of one for all. A container's filter of system calls may be the reason."),
        (KernelFeature.PosixSetUpLibrary, "Mono.Posix helper", "", Verdict.Warning, "libMonoPosixHelper cannot be loaded here (musl, or a trimmed publish): fifo: does not work, all others do."),
    ];

    public static IEnumerable<Finding> Of(Machine machine)
    {
        yield return new Finding(Area, "release", machine.KernelRelease, Verdict.Ok);
        foreach ((KernelFeature feature, string name, string since, Verdict without, string advice) in Features)
        {
            bool isThere = machine.Offers(feature);
            yield return new Finding(
                Area,
                name,
                isThere ? "yes" : since.Length == 0 ? "no" : $"no (since Linux {since})",
                isThere ? Verdict.Ok : without,
                isThere ? null : advice);
        }
    }
}
