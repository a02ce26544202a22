using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Interop.Tests.SharedMemory;

/// <summary>Where objects are, as documented.</summary>
internal static class Objects
{
    /// <summary>The file from which ftok(3) makes the key of a System V object.</summary>
    internal static string KeyFileOf(string name) => Path.Combine(UserDirectory.Get(), name + ".sysv");
}
