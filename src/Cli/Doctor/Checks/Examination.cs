namespace Contracts.Ipc.Cli.Doctor.Checks;

/// <summary>All checks, in the order in which they are shown.</summary>
internal static class Examination
{
    public static IEnumerable<Finding> Of(Machine machine) =>
    [
        .. KernelChecks.Of(machine),
        .. ContainerChecks.Of(machine),
        .. ProcessorChecks.Of(machine),
        .. DirectoryChecks.Of(machine),
        .. SharedMemoryChecks.Of(machine),
        .. PosixQueueChecks.Of(machine),
        .. SystemVQueueChecks.Of(machine),
        .. PipeChecks.Of(machine),
        .. ProcessLimitChecks.Of(machine),
    ];
}
