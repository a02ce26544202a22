using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Objects;

/// <summary>Objects as files of /dev/shm, named <c>/contracts.</c> and their name. Made without a name and published whole.</summary>
internal sealed class PosixStore : ObjectStore
{
    private const string Prefix = "/contracts.";

    public static readonly PosixStore Instance = new();

    private PosixStore()
    {
    }

    public override StoredObject? TryCreate(ObjectPlan plan, Action<MappedMemory, ulong> fill)
    {
        MappedMemory? memory = null;
        try
        {
            using SafeDescriptor file = SharedFile.CreateUnpublished((int)plan.Permissions);
            SharedFile.Allocate(file, plan.Length);
            memory = MappedMemory.Map(file, plan.Length, writable: true);
            fill(memory, 0);
            StoredObject? made = SharedFile.TryPublish(file, Prefix + plan.Name) ? Describe(memory, Files.Status(file)) : null;
            memory = made is null ? memory : null;
            return made;
        }
        catch (NativeException error) when (error.Errno is Errno.ENOSPC or Errno.ENOMEM or Errno.EFBIG)
        {
            throw ObjectError.NoSpace(plan, plan.Length, error);
        }
        catch (NativeException error)
        {
            throw Refusal(plan, "create", error);
        }
        finally
        {
            memory?.Dispose();
        }
    }

    public override StoredObject? TryOpen(ObjectPlan plan, bool writable)
    {
        try
        {
            using SafeDescriptor? file = SharedFile.TryOpenNamed(Prefix + plan.Name, writable);
            if (file is null)
            {
                return null;
            }

            FileStatus status = Files.Status(file);
            if (status.Kind != FileKind.Regular || status.Length < ObjectHeader.WordsOffset || status.Length > long.MaxValue)
            {
                throw ObjectError.NotOurs(plan, status.Kind != FileKind.Regular ? "it is no ordinary file" : $"it has {status.Length} bytes, fewer than a header");
            }

            return Describe(MappedMemory.Map(file, (long)status.Length, writable), status);
        }
        catch (NativeException error)
        {
            throw Refusal(plan, writable ? "open" : "read", error);
        }
    }

    public override bool Exists(ObjectPlan plan) => Status(plan) is not null;

    public override bool Unlink(ObjectPlan plan, (ulong, ulong)? identity)
    {
        // Between the look and the removal the name could come to stand for another object; only its owner could do that.
        if (identity is { } expected && (Status(plan) is not { } status || (status.Device, status.Inode) != expected))
        {
            return false;
        }

        try
        {
            return SharedFile.TryUnlinkNamed(Prefix + plan.Name);
        }
        catch (NativeException error)
        {
            throw Refusal(plan, "unlink", error);
        }
    }

    private static FileStatus? Status(ObjectPlan plan)
    {
        try
        {
            return Files.Status("/dev/shm" + Prefix + plan.Name);
        }
        catch (NativeException error)
        {
            throw Refusal(plan, "look for", error);
        }
    }

    private static StoredObject Describe(MappedMemory memory, FileStatus status) =>
        new(memory, status.UserId, status.Permissions, (status.Device, status.Inode));

    private static SharedMemoryException Refusal(ObjectPlan plan, string action, NativeException error) =>
        error.Errno is Errno.EACCES or Errno.EPERM ? ObjectError.NotPermitted(plan, action, error) : ObjectError.Failed(plan, action, error);
}
