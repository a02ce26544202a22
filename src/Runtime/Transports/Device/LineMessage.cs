using System.Buffers.Binary;
using Contracts.Ipc.Transports.Descriptors;

namespace Contracts.Ipc.Transports.Device;

/// <summary>What stands on a line where the length of a frame would stand, and can be none.</summary>
internal enum LineMark : uint
{
    /// <summary>Client: the line begins anew. Repeated until there is an answer.</summary>
    Open = 0xFFFF_FFFC,

    /// <summary>Server: it does, for the client with this nonce. Once for each nonce.</summary>
    Opened = 0xFFFF_FFFD,

    /// <summary>Client: after this come frames.</summary>
    Begin = 0xFFFF_FFFE,

    /// <summary>Either: no more frames come from here. Alone, without the rest of a message.</summary>
    End = 0xFFFF_FFFF,
}

/// <summary>32 bytes with which two sides of a line agree where their connection begins, whatever was on the line before.</summary>
/// <remarks>
/// <code>
/// 0   mark                     u32        16  nonce, the client's             u64
/// 4   magic "CIPCLINE"         u64        24  zero                            u32
/// 12  version                  u32        28  FNV-1a of the 28 bytes before   u32
/// </code>
/// </remarks>
internal readonly record struct LineMessage(LineMark Mark, uint Version, ulong Nonce) : IScannedMessage<LineMessage>
{
    public const uint CurrentVersion = 1;

    private const int Size = 32;
    private const int CheckedLength = 28;

    static int IScannedMessage<LineMessage>.Length => Size;

    private static ReadOnlySpan<byte> Magic => "CIPCLINE"u8;

    static bool IScannedMessage<LineMessage>.MayBegin(byte value) => value is 0xFC or 0xFD or 0xFE;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out LineMessage message)
    {
        message = new LineMessage(
            (LineMark)BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
        return message.Mark is LineMark.Open or LineMark.Opened or LineMark.Begin
            && bytes[4..].StartsWith(Magic)
            && Fnv1a.Of(bytes[..CheckedLength]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[CheckedLength..]);
    }

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Mark);
        Magic.CopyTo(bytes.AsSpan(4));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), Version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), Nonce);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(CheckedLength), Fnv1a.Of(bytes.AsSpan(0, CheckedLength)));
        return bytes;
    }
}
