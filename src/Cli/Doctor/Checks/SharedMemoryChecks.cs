using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Doctor.Checks;

/// <summary>Room for shared segments and queues.</summary>
internal static class SharedMemoryChecks
{
    private const string Area = "shared memory";
    private const string Path = "/dev/shm";
    private const long DockersDefault = 64L << 20;
    private const double LittleLeft = 0.1;

    public static IEnumerable<Finding> Of(Machine machine)
    {
        if (machine.RoomOf(Path) is not var (size, free))
        {
            yield return new Finding(Area, Path, "not there", Verdict.Error, "Named segments, queues and locks live there. Mount a tmpfs: mount -t tmpfs -o mode=1777 tmpfs /dev/shm.");
            yield break;
        }

        bool isSmall = size <= DockersDefault;
        yield return new Finding(
            Area,
            $"{Path}, size",
            Quantity.Bytes(size),
            isSmall ? Verdict.Warning : Verdict.Ok,
            isSmall ? "This is what Docker gives a container unless told otherwise, for all segments together. Use --shm-size=1g, in Kubernetes an emptyDir with medium: Memory." : null);
        bool isFull = free < size * LittleLeft;
        yield return new Finding(
            Area,
            $"{Path}, free",
            Quantity.Bytes(free),
            isFull ? Verdict.Warning : Verdict.Ok,
            isFull ? "Segments are allocated when they are made, so that a full file system is an error then and not a crash later. 'ipc clean' removes what dead processes left; 'ls -l /dev/shm' shows the rest." : null);
    }
}
