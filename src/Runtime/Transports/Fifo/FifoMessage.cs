using System.Buffers.Binary;
using System.Security.Cryptography;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;

namespace Contracts.Ipc.Transports.Fifo;

/// <summary>The three messages before a connection, in their order.</summary>
internal enum FifoStep : uint
{
    /// <summary>Client, into the server's FIFO: mine have been made and I read from one of them.</summary>
    Hello = 1,

    /// <summary>Server, into the client's first FIFO: I have opened both of yours; or the reason why not.</summary>
    Opened = 2,

    /// <summary>Client, into its second FIFO: so have I, and their names are gone.</summary>
    Begun = 3,
}

/// <summary>What the server says to a client.</summary>
internal enum FifoStatus : uint
{
    Accepted = 0,

    /// <summary>The client speaks another version.</summary>
    OtherVersion = 1,
}

/// <summary>64 bytes, which a FIFO takes and gives as one piece (PIPE_BUF is 4096): many clients may write into the server's FIFO at once.</summary>
/// <remarks>
/// <code>
/// 0   magic "CIPCFIFO"   u64        32  process id      u32
/// 8   version            u32        36  status          u32   of Opened; else 0
/// 12  step               u32        40  start time      u64   of the process
/// 16  nonce              u64        48  pid namespace   u64
/// 24  zero               u64        56  zero            u32
///                                   60  FNV-1a of the 60 bytes before, u32
/// </code>
/// Length, magic, version, nonce and checksum stay for ever; so two sides that differ can say so. The process serves logs and liveness, never a decision about rights.
/// </remarks>
internal readonly record struct FifoMessage(uint Version, FifoStep Step, ulong Nonce, ProcessIdentity Process, ulong PidNamespace, FifoStatus Status)
    : IScannedMessage<FifoMessage>
{
    public const int Size = 64;

    public const uint CurrentVersion = 1;

    private const int CheckedLength = 60;

    /// <summary>What this process says.</summary>
    public static FifoMessage Own(FifoStep step, ulong nonce, FifoStatus status = FifoStatus.Accepted) =>
        new(CurrentVersion, step, nonce, ProcessIdentity.Current, MutexIdentity.Own.PidNamespace, status);

    /// <summary>A number that no other client has.</summary>
    public static ulong NewNonce() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    static int IScannedMessage<FifoMessage>.Length => Size;

    private static ReadOnlySpan<byte> Magic => "CIPCFIFO"u8;

    static bool IScannedMessage<FifoMessage>.MayBegin(byte value) => value == Magic[0];

    /// <summary>Reads a message; false if the bytes are not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FifoMessage message)
    {
        message = default;
        if (!bytes.StartsWith(Magic) || Fnv1a.Of(bytes[..CheckedLength]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[CheckedLength..]))
        {
            return false;
        }

        message = new FifoMessage(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
            (FifoStep)BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            new ProcessIdentity(BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..])),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[48..]),
            (FifoStatus)BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]));
        return true;
    }

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)Step);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), Nonce);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(32), Process.Id);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(36), (uint)Status);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(40), Process.StartTime);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(48), PidNamespace);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(CheckedLength), Fnv1a.Of(bytes.AsSpan(0, CheckedLength)));
        return bytes;
    }

    /// <summary>Who the sender is: the owner of the FIFO by the kernel's word, the process by its own, if the number means the same here.</summary>
    public PeerIdentity Sender(uint userId) => new(UserId: userId, ProcessId: PidNamespace == MutexIdentity.Own.PidNamespace ? (int)Process.Id : null);
}
