using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>What all formatters of sequences share: an array header and the elements.</summary>
internal static class Elements
{
    public static void Write<T, TFormatter>(ref MessagePackWriter writer, ReadOnlySpan<T> values)
        where TFormatter : struct, IMessageFormatter<T>
    {
        writer.WriteArrayHeader(values.Length);
        WriteAll<T, TFormatter>(ref writer, values);
    }

    /// <summary>Writes a collection that can only be enumerated.</summary>
    public static void Write<T, TFormatter>(ref MessagePackWriter writer, IEnumerable<T> values, string type)
        where TFormatter : struct, IMessageFormatter<T>
    {
        switch (values)
        {
            case T[] array:
                Write<T, TFormatter>(ref writer, new ReadOnlySpan<T>(array));
                return;
            case List<T> list:
                Write<T, TFormatter>(ref writer, CollectionsMarshal.AsSpan(list));
                return;
        }

        // The count comes before the elements: a sequence that does not know it is gone through once, into a buffer.
        if (!values.TryGetNonEnumeratedCount(out int count))
        {
            T[] buffer = [.. values];
            Write<T, TFormatter>(ref writer, buffer);
            return;
        }

        writer.WriteArrayHeader(count);
        int written = 0;
        foreach (T value in values)
        {
            TFormatter.Write(ref writer, value);
            written++;
        }

        if (written != count)
        {
            throw SerializationError.CollectionChanged(type, count);
        }
    }

    public static bool TryReadArray<T, TFormatter>(ref MessagePackReader reader, out T[] values)
        where TFormatter : struct, IMessageFormatter<T>
    {
        if (!reader.TryEnterArray(out int count))
        {
            values = [];
            return false;
        }

        if (count == 0)
        {
            values = [];
        }
        else
        {
            values = new T[count];
            ReadAll<T, TFormatter>(ref reader, values);
        }

        reader.Leave();
        return true;
    }

    public static bool TryReadList<T, TFormatter>(ref MessagePackReader reader, out List<T> values)
        where TFormatter : struct, IMessageFormatter<T>
    {
        if (!reader.TryEnterArray(out int count))
        {
            values = [];
            return false;
        }

        values = new List<T>(count);
        CollectionsMarshal.SetCount(values, count);
        ReadAll<T, TFormatter>(ref reader, CollectionsMarshal.AsSpan(values));
        reader.Leave();
        return true;
    }

    // The comparisons of types are constants when the code is compiled for value types: only one way remains.
    public static void WriteAll<T, TFormatter>(ref MessagePackWriter writer, ReadOnlySpan<T> values)
        where TFormatter : struct, IMessageFormatter<T>
    {
        if (typeof(TFormatter) == typeof(Int32Formatter))
        {
            Int32BlockWriter.Write(ref writer, Reinterpret<T, int>(values));
        }
        else if (typeof(TFormatter) == typeof(DoubleFormatter))
        {
            FloatBlock.Write(ref writer, Reinterpret<T, double>(values));
        }
        else if (typeof(TFormatter) == typeof(SingleFormatter))
        {
            FloatBlock.Write(ref writer, Reinterpret<T, float>(values));
        }
        else
        {
            foreach (T value in values)
            {
                TFormatter.Write(ref writer, value);
            }
        }
    }

    public static void ReadAll<T, TFormatter>(ref MessagePackReader reader, Span<T> destination)
        where TFormatter : struct, IMessageFormatter<T>
    {
        if (typeof(TFormatter) == typeof(Int32Formatter))
        {
            Int32BlockReader.Read(ref reader, Reinterpret<T, int>(destination));
        }
        else
        {
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = TFormatter.Read(ref reader);
            }
        }
    }

    private static ReadOnlySpan<TTo> Reinterpret<TFrom, TTo>(ReadOnlySpan<TFrom> span)
        => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TFrom, TTo>(ref MemoryMarshal.GetReference(span)), span.Length);

    private static Span<TTo> Reinterpret<TFrom, TTo>(Span<TFrom> span)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<TFrom, TTo>(ref MemoryMarshal.GetReference(span)), span.Length);
}
