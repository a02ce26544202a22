using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>
/// What the formatters of multi-dimensional arrays share. The product of the lengths must be the number of elements that the message
/// declares, which is checked against its bytes before the array is made.
/// </summary>
internal static class Grid
{
    public static void Write<T, TFormatter>(ref MessagePackWriter writer, Array? value)
        where TFormatter : struct, IMessageFormatter<T>
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Rank + 1);
        for (int i = 0; i < value.Rank; i++)
        {
            if (value.GetLowerBound(i) != 0)
            {
                throw SerializationError.NonZeroBasedArray();
            }

            writer.Write(value.GetLength(i));
        }

        Elements.Write<T, TFormatter>(ref writer, Flatten<T>(value));
    }

    /// <summary>Reads up to the elements; the array of elements is open afterwards.</summary>
    public static bool TryReadLengths(ref MessagePackReader reader, scoped Span<int> lengths)
    {
        int position = reader.Consumed;
        if (reader.TryReadNil())
        {
            return false;
        }

        reader.EnterArray(lengths.Length + 1, "A multi-dimensional array");
        long elements = 1;
        long largest = 1;
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = reader.ReadInt32();
            if (lengths[i] < 0)
            {
                throw SerializationError.InvalidValue(position, "an array: a length is negative");
            }

            // The second product leaves out zeros, which would hide the others from the check.
            elements *= lengths[i];
            largest *= Math.Max(lengths[i], 1);
            if (largest > Array.MaxLength)
            {
                throw SerializationError.InvalidValue(position, "an array: it would have more elements than an array can");
            }
        }

        int declared = reader.EnterArray();
        if (declared != elements)
        {
            throw SerializationError.WrongCount(position, "An array of these lengths", (int)elements, declared);
        }

        return true;
    }

    public static void ReadElements<T, TFormatter>(ref MessagePackReader reader, Array value)
        where TFormatter : struct, IMessageFormatter<T>
    {
        Elements.ReadAll<T, TFormatter>(ref reader, Flatten<T>(value));
        reader.Leave();
        reader.Leave();
    }

    private static Span<T> Flatten<T>(Array value)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(value)), value.Length);
}
