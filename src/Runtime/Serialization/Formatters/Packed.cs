using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>
/// What the formatters of <see cref="IpcPackedAttribute"/> share: the memory of the values as it is, in one binary value.
/// </summary>
internal static class Packed
{
    public static void Write<T>(ref MessagePackWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        RequireLittleEndian();
        long length = (long)values.Length * Unsafe.SizeOf<T>();
        if (length > Array.MaxLength)
        {
            throw SerializationError.MessageTooLarge(length);
        }

        writer.WriteBinary(MemoryMarshal.AsBytes(values));
    }

    public static bool TryRead<T>(ref MessagePackReader reader, out T[] values)
        where T : unmanaged
    {
        RequireLittleEndian();
        int position = reader.Consumed;
        if (reader.TryReadNil())
        {
            values = [];
            return false;
        }

        ReadOnlySpan<byte> bytes = reader.ReadBinarySpan();
        if (bytes.Length % Unsafe.SizeOf<T>() != 0)
        {
            throw SerializationError.WrongLength(position, typeof(T).Name, $"a multiple of {Unsafe.SizeOf<T>()} bytes", bytes.Length);
        }

        // A boolean that is neither 0 nor 1 compares unequal to both.
        if (typeof(T) == typeof(bool) && bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            throw SerializationError.InvalidValue(position, "packed booleans: each byte must be 0 or 1");
        }

        values = Copy<T>(bytes);
        return true;
    }

    /// <summary>Makes an array of bytes from a message, without clearing it first.</summary>
    public static T[] Copy<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
    {
        if (bytes.IsEmpty)
        {
            return [];
        }

        T[] values = GC.AllocateUninitializedArray<T>(bytes.Length / Unsafe.SizeOf<T>());
        bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    // Swapping would have to know the fields of T.
    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("[IpcPacked] sends memory as it is and needs a little-endian machine. Remove the attribute to send numbers.");
        }
    }
}
