using System.Buffers.Binary;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.SharedMemory;

/// <summary>What the server says to a client that asks for a segment.</summary>
internal enum HandshakeStatus : uint
{
    /// <summary>The segment comes with these bytes.</summary>
    Granted = 0,

    /// <summary>The client began with something else than a handshake.</summary>
    NotOurs = 1,

    /// <summary>The client speaks another version.</summary>
    OtherVersion = 2,

    /// <summary>The client has another C library.</summary>
    OtherLibrary = 3,

    /// <summary>The client lives in another pid namespace.</summary>
    OtherPidNamespace = 4,

    /// <summary>The capacity that the client asks for cannot be.</summary>
    BadCapacity = 5,

    /// <summary>The server has no memory or descriptors left.</summary>
    NoMemory = 6,
}

/// <summary>The 64 bytes with which each side of a control socket begins: what the client can do, and what the server gives.</summary>
/// <remarks>
/// <code>
/// 0   magic "CIPCCTL1"      u64        24  capacity of a ring    u32
/// 8   version               u32        28  status                u32   0 in the client's
/// 12  C library             u32        32  pid namespace         u64
/// 16  size of a mutex       u32        40  zero
/// 20  zero
/// </code>
/// The length, the magic and the version stay for ever; so two sides that differ can say so.
/// </remarks>
internal readonly record struct RingHandshake(ulong Magic, uint Version, MutexIdentity Mutex, uint Capacity, HandshakeStatus Status)
{
    public const int Length = 64;

    private const ulong OwnMagic = 0x314C_5443_4350_4943; // "CIPCCTL1", as bytes

    /// <summary>What this process says.</summary>
    public static RingHandshake Own(int capacity, HandshakeStatus status = HandshakeStatus.Granted) =>
        new(OwnMagic, RingLayout.Version, MutexIdentity.Own, (uint)capacity, status);

    public static RingHandshake Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        new MutexIdentity(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..])),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]),
        (HandshakeStatus)BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]));

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), Mutex.Libc);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), Mutex.MutexSize);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), Capacity);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), (uint)Status);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), Mutex.PidNamespace);
        return bytes;
    }

    /// <summary>What the server answers to this, if it comes from a client.</summary>
    public HandshakeStatus Judge()
    {
        MutexIdentity self = MutexIdentity.Own;
        return Magic != OwnMagic ? HandshakeStatus.NotOurs
            : Version != RingLayout.Version ? HandshakeStatus.OtherVersion
            : Mutex.Libc != self.Libc || Mutex.MutexSize != self.MutexSize ? HandshakeStatus.OtherLibrary
            : Mutex.PidNamespace != self.PidNamespace ? HandshakeStatus.OtherPidNamespace
            : !RingLayout.IsCapacity(Capacity) ? HandshakeStatus.BadCapacity
            : HandshakeStatus.Granted;
    }

    /// <summary>What keeps a client from using what the server answered, or null.</summary>
    public IpcException? Objection(IpcEndpoint endpoint)
    {
        HandshakeStatus verdict = Judge();
        return verdict switch
        {
            HandshakeStatus.NotOurs => RingError.NotOurs(Magic),
            HandshakeStatus.OtherVersion => RingError.OtherVersion(endpoint, Version),
            HandshakeStatus.OtherLibrary => RingError.OtherLibrary(endpoint, Mutex, MutexIdentity.Own),
            HandshakeStatus.OtherPidNamespace => RingError.OtherPidNamespace(endpoint, Mutex, MutexIdentity.Own),
            _ when Status != HandshakeStatus.Granted => RingError.Refused(endpoint, Status),
            HandshakeStatus.BadCapacity => RingError.BadSegment($"its rings would have {Capacity} bytes"),
            _ => null,
        };
    }
}
