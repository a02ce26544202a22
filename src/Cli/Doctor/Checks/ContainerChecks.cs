namespace Contracts.Ipc.Cli.Doctor.Checks;

/// <summary>Whether this process lives in a container: others can be reached only if they share more than a file system.</summary>
internal static class ContainerChecks
{
    private const string Area = "container";

    public static IEnumerable<Finding> Of(Machine machine)
    {
        string? kind = KindOf(machine);
        yield return new Finding(
            Area,
            "in a container",
            kind ?? "no",
            kind is null ? Verdict.Ok : Verdict.Note,
            kind is null
                ? null
                : "Processes of other containers are reached over unix:, shm: and fifo: through a shared directory; mq: and sysv: also need a shared IPC namespace (--ipc), and shm: a shared pid namespace (--pid).");
    }

    private static string? KindOf(Machine machine) =>
        machine.Read("/run/.containerenv") is not null ? "podman"
        : machine.Read("/.dockerenv") is not null ? "docker"
        : machine.Variable("KUBERNETES_SERVICE_HOST") is not null ? "kubernetes"
        : machine.Variable("container") is { Length: > 0 } name ? name
        : machine.Read("/proc/1/cgroup") is { } groups && (groups.Contains("docker", StringComparison.Ordinal) || groups.Contains("kubepods", StringComparison.Ordinal)) ? "yes"
        : null;
}
