using System.Collections.Immutable;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats an immutable dictionary.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct ImmutableDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<ImmutableDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, value, value.Count, nameof(ImmutableDictionary<,>));
        }
    }

    /// <inheritdoc/>
    public static ImmutableDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
        => Entries.Read<TKey, TValue, TKeyFormatter, TValueFormatter>(ref reader) is { } entries ? ImmutableDictionary.CreateRange(entries.Comparer, entries) : null;
}

/// <summary>Formats an immutable dictionary.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct IImmutableDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<IImmutableDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IImmutableDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, value, value.Count, nameof(IImmutableDictionary<,>));
        }
    }

    /// <inheritdoc/>
    public static IImmutableDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
        => Entries.Read<TKey, TValue, TKeyFormatter, TValueFormatter>(ref reader) is { } entries ? ImmutableDictionary.CreateRange(entries.Comparer, entries) : null;
}

/// <summary>Formats an immutable sorted dictionary.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct ImmutableSortedDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<ImmutableSortedDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableSortedDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Entries.Write<TKey, TValue, TKeyFormatter, TValueFormatter>(ref writer, value, value.Count, nameof(ImmutableSortedDictionary<,>));
        }
    }

    /// <inheritdoc/>
    public static ImmutableSortedDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        if (!reader.TryEnterMap(out int count))
        {
            return null;
        }

        ImmutableSortedDictionary<TKey, TValue>.Builder entries = ImmutableSortedDictionary.CreateBuilder<TKey, TValue>();
        for (int i = 0; i < count; i++)
        {
            Entries.AddSorted(entries, TKeyFormatter.Read(ref reader), TValueFormatter.Read(ref reader), position, nameof(ImmutableSortedDictionary<,>));
        }

        reader.Leave();
        return entries.ToImmutable();
    }
}
