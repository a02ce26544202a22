using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Microsoft.Win32.SafeHandles;

namespace Contracts.Ipc.SharedMemory.Objects;

/// <summary>Objects as System V segments. The key of one comes by ftok(3) from a file <c>name.sysv</c> in the user's runtime directory.</summary>
/// <remarks>
/// <para>System V cannot publish a segment in one step, so whoever creates, opens or removes one holds a lock on the key file meanwhile, which the kernel
/// takes back when he dies. A segment without magic that is seen under the lock was left half made and is removed.</para>
/// <para>A key has 32 bits, so that two files can have the same one. The key file contains a random number that the header repeats.</para>
/// </remarks>
internal sealed class SystemVStore : ObjectStore
{
    /// <summary>The second argument of ftok(3).</summary>
    private const byte Project = (byte)'C';
    private const int TokenLength = 8;

    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(5);

    public static readonly SystemVStore Instance = new();

    private SystemVStore()
    {
    }

    public override StoredObject? TryCreate(ObjectPlan plan, Action<MappedMemory, ulong> fill)
    {
        try
        {
            using SafeDescriptor file = LockKeyFile(plan, out string path);
            int key = SystemVKey.Of(path, Project);
            ulong token = TokenOf(file) ?? NewToken(file);
            try
            {
                SystemVSegment? segment = SystemVSegment.TryCreate(key, plan.Length, (int)plan.Permissions);
                if (segment is null && Find(plan, key, token) is null)
                {
                    // It was half made, and has been removed now.
                    segment = SystemVSegment.TryCreate(key, plan.Length, (int)plan.Permissions);
                }

                return segment is { } made ? Fill(plan, made, fill, token) : null;
            }
            catch when (SystemVSegment.TryFind(key) is null)
            {
                Files.Remove(path);
                throw;
            }
        }
        catch (NativeException error) when (error.Errno is Errno.ENOSPC or Errno.ENOMEM or Errno.EINVAL)
        {
            throw ObjectError.NoSpace(plan, plan.Length, error);
        }
        catch (NativeException error)
        {
            throw Refusal(plan, "create", error);
        }
    }

    public override StoredObject? TryOpen(ObjectPlan plan, bool writable)
    {
        StoredObject? opened = null;
        _ = WithSegment(plan, writable ? "open" : "read", segment =>
        {
            SystemVStatus status = segment.Status() ?? throw new NativeException("shmctl(IPC_STAT)", Errno.EIDRM);
            opened = status.Length < ObjectHeader.WordsOffset
                ? throw ObjectError.NotOurs(plan, $"it has {status.Length} bytes, fewer than a header")
                : Describe(segment, MappedMemory.Attach(segment, status.Length, writable), status);
        });
        return opened;
    }

    public override bool Exists(ObjectPlan plan) => WithSegment(plan, "look for", static _ => { });

    public override bool Unlink(ObjectPlan plan, (ulong, ulong)? identity)
    {
        string path = PathOf(plan);
        bool removed = false;
        _ = WithSegment(plan, "unlink", segment =>
        {
            if (identity is null || identity == ((ulong)segment.Id, 0))
            {
                removed = segment.Remove();
                Files.Remove(path);
            }
        });
        return removed;
    }

    private static StoredObject Fill(ObjectPlan plan, SystemVSegment segment, Action<MappedMemory, ulong> fill, ulong token)
    {
        MappedMemory? memory = null;
        try
        {
            memory = MappedMemory.Attach(segment, plan.Length, writable: true);
            fill(memory, token);
            return Describe(segment, memory, segment.Status() ?? throw new NativeException("shmctl(IPC_STAT)", Errno.EIDRM));
        }
        catch
        {
            _ = segment.Remove();
            memory?.Dispose();
            throw;
        }
    }

    // Does something with the segment of a name, under the lock of its key file; false if there is none.
    private static bool WithSegment(ObjectPlan plan, string action, Action<SystemVSegment> use)
    {
        try
        {
            if (Files.Status(PathOf(plan)) is null)
            {
                return false;
            }

            using SafeDescriptor file = LockKeyFile(plan, out string path);
            if (TokenOf(file) is not { } token || Find(plan, SystemVKey.Of(path, Project), token) is not { } segment)
            {
                return false;
            }

            use(segment);
            return true;
        }
        catch (NativeException error)
        {
            throw Refusal(plan, action, error);
        }
    }

    // The segment of a key if it is whole; half made, it is removed. The caller holds the lock.
    private static unsafe SystemVSegment? Find(ObjectPlan plan, int key, ulong token)
    {
        if (SystemVSegment.TryFind(key) is not { } segment || segment.Status() is not { } status)
        {
            return null;
        }

        if (status.Length < sizeof(ObjectHeader))
        {
            throw ObjectError.KeyCollision(plan, key);
        }

        using MappedMemory memory = MappedMemory.Attach(segment, status.Length, writable: false);
        ObjectHeader header = *(ObjectHeader*)memory.Start;
        if (header.Magic == 0 && (header.KeyToken == token || header.KeyToken == 0) && status.Attached == 0 && status.Owner == Files.EffectiveUserId)
        {
            _ = segment.Remove();
            return null;
        }

        return header.KeyToken == token ? segment : throw ObjectError.KeyCollision(plan, key);
    }

    private static SafeDescriptor LockKeyFile(ObjectPlan plan, out string path)
    {
        path = PathOf(plan);
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            SafeDescriptor file = Files.OpenPrivate(path);
            try
            {
                while (!Files.TryLock(file))
                {
                    if (Stopwatch.GetElapsedTime(start) > LockTime)
                    {
                        throw ObjectError.KeyFileLocked(plan, path);
                    }

                    // flock(2) has no form with a deadline. Nobody holds this lock for longer than it takes to make a segment.
                    Thread.Sleep(1);
                }

                // Its last holder may have removed it: then the name means another file by now.
                if (Files.Status(path) is { } named && named.IsSameFileAs(Files.Status(file)))
                {
                    return file;
                }

                file.Dispose();
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
    }

    private static ulong? TokenOf(SafeDescriptor file)
    {
        using var handle = new SafeFileHandle(file.Number, ownsHandle: false);
        Span<byte> bytes = stackalloc byte[TokenLength];
        return RandomAccess.Read(handle, bytes, 0) == TokenLength ? BitConverter.ToUInt64(bytes) : null;
    }

    private static ulong NewToken(SafeDescriptor file)
    {
        using var handle = new SafeFileHandle(file.Number, ownsHandle: false);
        Span<byte> bytes = stackalloc byte[TokenLength];
        RandomNumberGenerator.Fill(bytes);
        RandomAccess.Write(handle, bytes, 0);
        return BitConverter.ToUInt64(bytes);
    }

    private static string PathOf(ObjectPlan plan)
    {
        try
        {
            return Path.Combine(UserDirectory.Get(), string.Create(CultureInfo.InvariantCulture, $"{plan.Name}.sysv"));
        }
        catch (IpcEndpointException error)
        {
            throw new SharedMemoryException(IpcErrorCode.PermissionDenied, error.Message, error);
        }
    }

    private static StoredObject Describe(SystemVSegment segment, MappedMemory memory, SystemVStatus status) =>
        new(memory, status.Owner, status.Permissions, ((ulong)segment.Id, 0));

    private static SharedMemoryException Refusal(ObjectPlan plan, string action, NativeException error) =>
        error.Errno is Errno.EACCES or Errno.EPERM ? ObjectError.NotPermitted(plan, action, error) : ObjectError.Failed(plan, action, error);
}
