using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>
/// What two processes must have in common to share a pthread mutex: the C library, since each lays it out in its own way, and the pid namespace,
/// since the mutex names its holder by a thread id that means another thread elsewhere.
/// </summary>
/// <param name="Libc">The C library, numbered as in the headers of shared objects.</param>
/// <param name="MutexSize">sizeof(pthread_mutex_t).</param>
/// <param name="PidNamespace">The inode of /proc/self/ns/pid.</param>
internal readonly record struct MutexAbi(uint Libc, uint MutexSize, ulong PidNamespace)
{
    /// <summary>This process's.</summary>
    public static MutexAbi Own => new(MutexIdentity.Libc, MutexIdentity.MutexSize, MutexIdentity.PidNamespace);

    /// <summary>The C library in words.</summary>
    public string LibcName => MutexIdentity.LibcInWords(Libc);
}
