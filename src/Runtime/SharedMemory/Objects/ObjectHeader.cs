using System.Runtime.InteropServices;

namespace Contracts.Ipc.SharedMemory.Objects;

/// <summary>
/// The first bytes of every named object, as other languages read them too: docs/shared-memory.md. Complete before anybody can see it, and never
/// changed afterwards.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ObjectHeader
{
    /// <summary>The bytes "CIPCSHM1"; read as a number, they also tell a machine of the other byte order.</summary>
    public const ulong ExpectedMagic = 0x314D_4853_4350_4943;

    /// <summary>What this library writes and reads.</summary>
    public const uint CurrentVersion = 1;

    /// <summary>Where the mutex begins.</summary>
    public const int MutexOffset = 128;

    /// <summary>Where the words of the kind begin.</summary>
    public const int WordsOffset = 192;

    public ulong Magic;
    public uint Version;
    public ObjectKind Kind;
    public ulong Length;
    public ulong Fingerprint;
    public uint ItemSize;
    public uint ItemAlignment;
    public uint Libc;
    public uint MutexSize;
    public ulong PidNamespace;
    public uint CreatorId;
    public uint Reserved;
    public ulong CreatorStartTime;
    public uint DescriptionOffset;
    public uint DescriptionLength;
    public uint DataOffset;
    public uint ItemCount;

    /// <summary>System V only: what the key file contains. Different key files can yield one key; this tells them apart.</summary>
    public ulong KeyToken;
}
