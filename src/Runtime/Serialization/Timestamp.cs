using System.Buffers.Binary;

namespace Contracts.Ipc.Serialization;

/// <summary>
/// The timestamp extension of the MessagePack specification, in and out of ticks since the year 1. Of its three forms the shortest
/// that fits is written; what is finer than a tick is cut off in reading.
/// </summary>
internal static class Timestamp
{
    private const long UnixEpochSeconds = 62_135_596_800;
    private const int NanosecondsPerTick = 100;
    private const string Expected = "a timestamp";

    public static void Write(ref MessagePackWriter writer, long ticks)
    {
        (long sinceYear1, long rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        long seconds = sinceYear1 - UnixEpochSeconds;
        ulong nanoseconds = (ulong)rest * NanosecondsPerTick;
        Span<byte> content = stackalloc byte[12];
        int length;
        if ((ulong)seconds >> 34 == 0)
        {
            ulong both = (nanoseconds << 34) | (ulong)seconds;
            if (both <= uint.MaxValue)
            {
                BinaryPrimitives.WriteUInt32BigEndian(content, (uint)both);
                length = 4;
            }
            else
            {
                BinaryPrimitives.WriteUInt64BigEndian(content, both);
                length = 8;
            }
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(content, (uint)nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(content[4..], seconds);
            length = 12;
        }

        writer.WriteExtensionHeader(MessagePackCode.Timestamp, length);
        writer.WriteRaw(content[..length]);
    }

    public static long Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        ReadOnlySpan<byte> content = reader.ReadExtensionSpan(out sbyte type);
        if (type != MessagePackCode.Timestamp)
        {
            throw SerializationError.WrongExtension(position, Expected, type, content.Length);
        }

        long seconds;
        uint nanoseconds;
        switch (content.Length)
        {
            case 4:
                seconds = BinaryPrimitives.ReadUInt32BigEndian(content);
                nanoseconds = 0;
                break;
            case 8:
                ulong both = BinaryPrimitives.ReadUInt64BigEndian(content);
                seconds = (long)(both & 0x3_FFFF_FFFF);
                nanoseconds = (uint)(both >> 34);
                break;
            case 12:
                nanoseconds = BinaryPrimitives.ReadUInt32BigEndian(content);
                seconds = BinaryPrimitives.ReadInt64BigEndian(content[4..]);
                break;
            default:
                throw SerializationError.WrongExtension(position, Expected, type, content.Length);
        }

        long lastSecond = (DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond) - UnixEpochSeconds;
        if (nanoseconds > 999_999_999 || seconds < -UnixEpochSeconds || seconds > lastSecond)
        {
            throw SerializationError.InvalidValue(position, "a timestamp between the years 1 and 9999");
        }

        return ((seconds + UnixEpochSeconds) * TimeSpan.TicksPerSecond) + (nanoseconds / NanosecondsPerTick);
    }
}
