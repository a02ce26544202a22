namespace Contracts.Ipc.Cli.Doctor.Checks;

/// <summary>Limits of POSIX message queues, mq_overview(7).</summary>
internal static class PosixQueueChecks
{
    private const string Area = "mq";
    private const string Directory = "/proc/sys/fs/mqueue/";
    private const ulong Comfortable = 819_200;
    private const long SmallestMessage = 1024;
    private const long FewestMessages = 4;
    private const long FewestQueues = 65;

    public static IEnumerable<Finding> Of(Machine machine)
    {
        if (machine.ReadNumber(Directory + "msg_max") is not { } messages
            || machine.ReadNumber(Directory + "msgsize_max") is not { } size
            || machine.ReadNumber(Directory + "queues_max") is not { } queues)
        {
            yield return new Finding(Area, "POSIX queues", "not there", Verdict.Warning, "The kernel is built without CONFIG_POSIX_MQUEUE, or /proc/sys is hidden: mq: does not work.");
            yield break;
        }

        yield return Judge("msg_max", messages, FewestMessages, "A queue holds fewer messages than a client's needs. sysctl fs.mqueue.msg_max=10 (the default) or more.");
        yield return Judge("msgsize_max", size, SmallestMessage, "Messages are cut into very small fragments. sysctl fs.mqueue.msgsize_max=8192 (the default) or more.");
        yield return Judge("queues_max", queues, FewestQueues, "Each client of an mq: server has a queue of its own, so that 64 do not fit. sysctl fs.mqueue.queues_max=256 (the default) or more.");
        if (machine.LimitOf(Resource.QueueBytes) is { } bytes)
        {
            bool isLow = bytes.Soft < Comfortable;
            yield return new Finding(
                Area,
                "RLIMIT_MSGQUEUE, bytes",
                bytes.ToString(),
                isLow ? Verdict.Warning : Verdict.Ok,
                isLow ? $"Below the usual {Comfortable}, which 64 clients of one server fit in. The sum counts for all processes of the user: ulimit -q {Comfortable}, or LimitMSGQUEUE= in systemd." : null);
        }

        bool isMounted = machine.Read("/proc/self/mounts")?.Split('\n').Any(line => line.Split(' ') is [_, _, "mqueue", ..]) ?? false;
        yield return new Finding(
            Area,
            "mqueue file system",
            isMounted ? "mounted" : "not mounted",
            isMounted ? Verdict.Ok : Verdict.Note,
            isMounted ? null : "Queues work all the same; mounted, they can be seen and removed by hand: mount -t mqueue none /dev/mqueue.");
    }

    private static Finding Judge(string name, long value, long least, string advice) =>
        new(Area, $"fs.mqueue.{name}", value.ToString(System.Globalization.CultureInfo.InvariantCulture), value < least ? Verdict.Warning : Verdict.Ok, value < least ? advice : null);
}
