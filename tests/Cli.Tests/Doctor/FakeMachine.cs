using Contracts.Ipc.Cli.Doctor;

namespace Contracts.Ipc.Cli.Tests.Doctor;

/// <summary>A machine on which all is well, until a test changes something.</summary>
internal sealed class FakeMachine : Machine
{
    public Dictionary<string, string?> Files { get; } = new(StringComparer.Ordinal)
    {
        ["/proc/self/status"] = "Name:\tipc\nCpus_allowed_list:\t0-7",
        ["/sys/devices/system/cpu/online"] = "0-7",
        ["/proc/sys/fs/mqueue/msg_max"] = "10",
        ["/proc/sys/fs/mqueue/msgsize_max"] = "8192",
        ["/proc/sys/fs/mqueue/queues_max"] = "256",
        ["/proc/self/mounts"] = "mqueue /dev/mqueue mqueue rw 0 0",
        ["/proc/sys/kernel/msgmax"] = "8192",
        ["/proc/sys/kernel/msgmnb"] = "16384",
        ["/proc/sys/kernel/msgmni"] = "32000",
        ["/proc/sysvipc/msg"] = "key msqid",
        ["/proc/sys/fs/pipe-max-size"] = "1048576",
        ["/proc/sys/fs/pipe-user-pages-soft"] = "16384",
    };

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal) { ["XDG_RUNTIME_DIR"] = "/run/user/1000" };

    public Dictionary<Resource, ResourceLimit> Limits { get; } = new()
    {
        [Resource.OpenFiles] = new(20_000, 20_000),
        [Resource.LockedMemory] = new(8 << 20, ResourceLimit.Unlimited),
        [Resource.PendingSignals] = new(63_000, 63_000),
        [Resource.QueueBytes] = new(819_200, 819_200),
    };

    public HashSet<KernelFeature> Missing { get; } = [];

    public (long Size, long Free)? SharedMemory { get; set; } = (8L << 30, 7L << 30);

    public (string? Path, string? Objection) Directory { get; set; } = ("/run/user/1000/contracts", null);

    public override string KernelRelease => "6.12.0";

    public override string? Read(string path) => Files.GetValueOrDefault(path);

    public override ResourceLimit? LimitOf(Resource resource) => Limits.TryGetValue(resource, out ResourceLimit limit) ? limit : null;

    public override bool Offers(KernelFeature feature) => !Missing.Contains(feature);

    public override (long Size, long Free)? RoomOf(string path) => SharedMemory;

    public override string? Variable(string name) => Variables.GetValueOrDefault(name);

    public override (string? Path, string? Objection) UserDirectory() => Directory;
}
