using System.Diagnostics;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Ownership;

/// <summary>
/// The directory of this user in which every process keeps its journal. Its lock makes "nobody living has this name" and "so it is removed" one step.
/// </summary>
internal static class OwnersDirectory
{
    private const string Name = "owners";

    /// <summary>Nobody holds the lock for longer than some system calls, unless he is stopped.</summary>
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(5);

    /// <summary>The path; null where there can be none: on other systems, or if the user's directory cannot be trusted.</summary>
    public static string? Find(bool make)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            string path = Path.Combine(UserDirectory.Get(), Name);
            return make || Files.Status(path) is not null ? UserDirectory.Private(path) : null;
        }
        catch (Exception error) when (error is IpcEndpointException or NativeException)
        {
            // Whoever lives in the user's directory has failed there already, with this error. Others do without a journal.
            return null;
        }
    }

    /// <summary>Takes the lock. Disposing the descriptor lets go of it.</summary>
    /// <exception cref="IpcEndpointException">Somebody has held it for seconds.</exception>
    public static SafeDescriptor Lock(string directory)
    {
        SafeDescriptor opened = Files.OpenDirectory(directory);
        try
        {
            long start = Stopwatch.GetTimestamp();
            while (!Files.TryLock(opened))
            {
                if (Stopwatch.GetElapsedTime(start) > LockTime)
                {
                    throw TransportError.OwnersLocked(directory);
                }

                // flock(2) has no form with a deadline.
                Thread.Sleep(1);
            }

            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
