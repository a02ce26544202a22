using System.Globalization;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Objects;

/// <summary>Every error of named objects, so that wording and codes stay one voice.</summary>
internal static class ObjectError
{
    public static ArgumentException Name(ObjectKind kind, string name, string objection) =>
        new($"'{name}' cannot name a {kind.InWords()}: {objection}.", nameof(name));

    public static ArgumentException Permissions(ObjectKind kind, string name, UnixFileMode mode) =>
        new($"Permissions {Octal((int)mode)} are not possible for {kind.InWords()} '{name}': the owner reads and writes, group and others at most read (0600, 0640, 0644). "
            + "Who may write a robust mutex may also write the memory of the process that unlocks it.");

    public static PlatformNotSupportedException Platform() =>
        new("Named shared-memory objects need Linux and a 64-bit process on a little-endian machine.");

    public static SharedMemoryException NotFound(ObjectPlan plan) =>
        new(IpcErrorCode.NotFound, $"There is no {Which(plan)}. Start the process that creates it, or use OpenOrCreate.");

    public static SharedMemoryException Exists(ObjectPlan plan, string? creator) =>
        new(IpcErrorCode.AlreadyExists, $"Cannot create {Which(plan)}: one of that name exists{(creator is null ? "" : ", " + creator)}. "
            + "Named objects outlive the processes that made them: use OpenOrCreate, or Unlink a left-over first.");

    public static SharedMemoryException Contended(ObjectPlan plan) =>
        new(IpcErrorCode.ResourceExhausted, $"Cannot open or create {Which(plan)}: other processes create and unlink it all the time. Let one of them own its life.");

    public static SharedMemoryException NoSpace(ObjectPlan plan, long length, NativeException cause) =>
        new(IpcErrorCode.ResourceExhausted, string.Create(CultureInfo.InvariantCulture, $"Cannot create {Which(plan)} of {length} bytes: {cause.Message}. ")
            + (plan.Backing == SharedMemoryBacking.Posix
                ? "/dev/shm or the memory of this container is used up; make room (ls -l /dev/shm) or enlarge it (mount -o remount,size=…; docker --shm-size)."
                : "A limit of System V memory is reached; see 'ipcs -lm' and 'ipcs -m', remove left-overs with ipcrm, or raise kernel.shmmax, shmall or shmmni."), cause);

    public static SharedMemoryException TooLong(ObjectPlan plan, long length) =>
        new(IpcErrorCode.ResourceExhausted, string.Create(CultureInfo.InvariantCulture, $"Cannot create {Which(plan)} of {length} bytes: that is more than an object can have."));

    public static SharedMemoryException NotPermitted(ObjectPlan plan, string action, Exception? cause = null) =>
        new(IpcErrorCode.PermissionDenied, $"Cannot {action} {Which(plan)}: its owner or its mode forbid it to user {Files.EffectiveUserId}. "
            + "Run both processes as one user; others can at most read, with permissions 0640 or 0644 at its creation and OpenReadOnly.", cause);

    public static SharedMemoryException ForeignOwner(ObjectPlan plan, uint owner, uint expected) =>
        new(IpcErrorCode.PermissionDenied, $"{Sentence(plan)} belongs to user {owner}; user {expected} was expected. Somebody else may have put it there. "
            + "To read what another user publishes, name that user in the options and use OpenReadOnly.");

    public static SharedMemoryException WritableByOthers(ObjectPlan plan, int mode) =>
        new(IpcErrorCode.PermissionDenied, $"{Sentence(plan)} has mode {Octal(mode)}: others than its owner may write it, and through its mutex the memory of this process. "
            + "Create it with 0600, 0640 or 0644.");

    public static SharedMemoryException Failed(ObjectPlan plan, string action, NativeException cause) =>
        new(IpcErrorCode.SharedMemory, $"Cannot {action} {Which(plan)}: {cause.Message}.", cause);

    public static SharedMemoryException NotOurs(ObjectPlan plan, string why) =>
        new(IpcErrorCode.Incompatible, $"What is found under the name of {Which(plan)} is no object of this library: {why}. Remove it if nobody needs it, or choose another name.");

    public static SharedMemoryException Version(ObjectPlan plan, uint version) =>
        new(IpcErrorCode.Incompatible, $"{Sentence(plan)} has format version {version}; this library knows version {ObjectHeader.CurrentVersion}. Use one version of the package in both processes.");

    public static SharedMemoryException Kind(ObjectPlan plan, ObjectKind found) =>
        new(IpcErrorCode.Incompatible, $"'{plan.Name}' is a {found.InWords()}, not a {plan.Kind.InWords()}. Choose another name for one of them.");

    public static SharedMemoryException ItemCount(ObjectPlan plan, uint found) =>
        new(IpcErrorCode.Incompatible, $"{Sentence(plan)} has {found} items; {plan.ItemCount} were expected. Agree on one number, or open it without naming one.");

    public static SharedMemoryException Libc(ObjectPlan plan, uint libc, uint mutexSize) =>
        new(IpcErrorCode.Incompatible, $"{Sentence(plan)} was made by a process with {new MutexIdentity(libc, mutexSize, 0).LibcName} (mutex of {mutexSize} bytes); "
            + $"this one runs with {MutexIdentity.Own.LibcName} (mutex of {MutexIdentity.Own.MutexSize} bytes), whose mutexes work otherwise. Use one C library in both, or only read it.");

    public static SharedMemoryException PidNamespace(ObjectPlan plan, ulong found, string creator) =>
        new(IpcErrorCode.Incompatible, $"{Sentence(plan)} was made in another pid namespace (pid:[{found}]; this process: pid:[{MutexIdentity.Own.PidNamespace}]; {creator}), "
            + "where the numbers by which a mutex knows its holder mean other threads. Share the namespace (docker --pid), only read it, or Unlink it if it is left over from a container that has ended.");

    public static SharedMemoryException KeyCollision(ObjectPlan plan, int key) =>
        new(IpcErrorCode.AlreadyExists, $"The System V key 0x{key:x8} of {Which(plan)} is taken by another segment. ftok(3) keeps only some bits of the key file's identity, or a file was removed while its segment stayed. "
            + $"See 'ipcs -m'; remove a left-over with 'ipcrm -M 0x{key:x8}', or choose another name.");

    public static SharedMemoryException KeyFileLocked(ObjectPlan plan, string path) =>
        new(IpcErrorCode.ResourceExhausted, $"Cannot open {Which(plan)}: another process has held the lock of its key file '{path}' for seconds while it creates or removes the object. Is it stopped?");

    public static SharedLayoutMismatchException Layout(ObjectPlan plan, in ObjectHeader header, string description)
    {
        SharedLayout layout = plan.Layout!;
        List<SharedField> stored = LayoutText.Read(description);
        (SharedField? expected, SharedField? found) = LayoutText.FirstDifference(layout.Fields, stored);
        string where = (expected, found) switch
        {
            ({ } ours, { } theirs) when ours.Path == theirs.Path => $"at field {ours.Path}. Expected {Of(ours)}, found {Of(theirs)}",
            ({ } ours, { } theirs) => $"at field {ours.Path}. Expected {Of(ours)}, found {theirs.Path}: {Of(theirs)}",
            ({ } ours, null) => $"at field {ours.Path}. Expected {Of(ours)}, found no further field",
            (null, { } theirs) => $"at field {theirs.Path}. Expected no further field, found {Of(theirs)}",
            _ => $"in size or alignment. Expected {layout.Size} bytes aligned to {layout.Alignment}, found {header.ItemSize} bytes aligned to {header.ItemAlignment}",
        };
        return new($"Cannot open {Which(plan)}: its layout differs from {layout.Name} {where}. Both processes must be built from the same struct; if they are, Unlink what an older build left.", expected, found);
    }

    /// <summary>Who made an object, for a message that would otherwise leave its reader guessing whether it is left over.</summary>
    public static string Creator(ProcessIdentity process) =>
        process.IsAlive() ? $"made by process {process.Id}, which runs" : $"made by process {process.Id}, which has ended";

    private static string Of(SharedField field) => string.Create(CultureInfo.InvariantCulture, $"{field.Type} at offset {field.Offset}");

    private static string Which(ObjectPlan plan) => $"{plan.Kind.InWords()} '{plan.Name}'{(plan.Backing == SharedMemoryBacking.SystemV ? " (System V)" : "")}";

    private static string Sentence(ObjectPlan plan) => Which(plan) is var words ? char.ToUpperInvariant(words[0]) + words[1..] : "";

    private static string Octal(int mode) => "0" + Convert.ToString(mode, 8);
}
