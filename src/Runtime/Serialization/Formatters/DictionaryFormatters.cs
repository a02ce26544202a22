using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.ObjectModel;

namespace Contracts.Ipc.Serialization.Formatters;

// A map. A key that is nil or comes twice is an error.

/// <summary>Formats a dictionary.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct DictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<Dictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Dictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, value, value.Count, nameof(Dictionary<,>));
        }
    }

    /// <inheritdoc/>
    public static Dictionary<TKey, TValue>? Read(ref MessagePackReader reader)
        => Entries.Read<TKey, TValue, TKeyFormatter, TValueFormatter>(ref reader);
}

/// <summary>Formats a dictionary; a hash table is read.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct IDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<IDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, value, value.Count, nameof(IDictionary<,>));
        }
    }

    /// <inheritdoc/>
    public static IDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
        => Entries.Read<TKey, TValue, TKeyFormatter, TValueFormatter>(ref reader);
}

/// <summary>Formats a dictionary; a hash table is read.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct IReadOnlyDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<IReadOnlyDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, value, value.Count, nameof(IReadOnlyDictionary<,>));
        }
    }

    /// <inheritdoc/>
    public static IReadOnlyDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
        => Entries.Read<TKey, TValue, TKeyFormatter, TValueFormatter>(ref reader);
}

/// <summary>Formats a read-only dictionary.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct ReadOnlyDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<ReadOnlyDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, value, value.Count, nameof(ReadOnlyDictionary<,>));
        }
    }

    /// <inheritdoc/>
    public static ReadOnlyDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
        => Entries.Read<TKey, TValue, TKeyFormatter, TValueFormatter>(ref reader) is { } entries ? new ReadOnlyDictionary<TKey, TValue>(entries) : null;
}

/// <summary>Formats a frozen dictionary.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct FrozenDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<FrozenDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, FrozenDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, value, value.Count, nameof(FrozenDictionary<,>));
        }
    }

    /// <inheritdoc/>
    public static FrozenDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
        => Entries.Read<TKey, TValue, TKeyFormatter, TValueFormatter>(ref reader) is { } entries ? entries.ToFrozenDictionary(entries.Comparer) : null;
}

/// <summary>Formats a concurrent dictionary.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct ConcurrentDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<ConcurrentDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ConcurrentDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        // A snapshot: the count of a dictionary that others change would not hold.
        KeyValuePair<TKey, TValue>[] entries = value.ToArray();
        Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, entries, entries.Length, nameof(ConcurrentDictionary<,>));
    }

    /// <inheritdoc/>
    public static ConcurrentDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        // The default constructor would take a lock object per processor for a map of one byte.
        return Entries.Read<TKey, TValue, TKeyFormatter, TValueFormatter>(ref reader) is { } entries
            ? new ConcurrentDictionary<TKey, TValue>(1, entries, entries.Comparer)
            : null;
    }
}

/// <summary>Formats a sorted dictionary.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct SortedDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<SortedDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, value, value.Count, nameof(SortedDictionary<,>));
        }
    }

    /// <inheritdoc/>
    public static SortedDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        if (!reader.TryEnterMap(out int count))
        {
            return null;
        }

        var entries = new SortedDictionary<TKey, TValue>();
        for (int i = 0; i < count; i++)
        {
            Entries.AddSorted(entries, TKeyFormatter.Read(ref reader), TValueFormatter.Read(ref reader), position, nameof(SortedDictionary<,>));
        }

        reader.Leave();
        return entries;
    }
}

/// <summary>Formats a sorted list.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct SortedListFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<SortedList<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedList<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, value, value.Count, nameof(SortedList<,>));
        }
    }

    /// <inheritdoc/>
    public static SortedList<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        if (!reader.TryEnterMap(out int count))
        {
            return null;
        }

        var entries = new SortedList<TKey, TValue>();
        for (int i = 0; i < count; i++)
        {
            Entries.AddSorted(entries, TKeyFormatter.Read(ref reader), TValueFormatter.Read(ref reader), position, nameof(SortedList<,>));
        }

        reader.Leave();
        return entries;
    }
}
