using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>What all formatters of dictionaries share: a map header and the entries.</summary>
internal static class Entries
{
    public static void Write<TKey, TValue, TKeyFormatter, TValueFormatter>(
        ref MessagePackWriter writer, IEnumerable<KeyValuePair<TKey, TValue>> entries, int count, string type)
        where TKey : notnull
        where TKeyFormatter : struct, IMessageFormatter<TKey>
        where TValueFormatter : struct, IMessageFormatter<TValue>
    {
        writer.WriteMapHeader(count);
        int written = 0;
        if (entries is Dictionary<TKey, TValue> dictionary)
        {
            // Its own enumerator is a struct: nothing is allocated.
            foreach (KeyValuePair<TKey, TValue> entry in dictionary)
            {
                TKeyFormatter.Write(ref writer, entry.Key);
                TValueFormatter.Write(ref writer, entry.Value);
                written++;
            }
        }
        else
        {
            foreach (KeyValuePair<TKey, TValue> entry in entries)
            {
                TKeyFormatter.Write(ref writer, entry.Key);
                TValueFormatter.Write(ref writer, entry.Value);
                written++;
            }
        }

        if (written != count)
        {
            throw SerializationError.CollectionChanged(type, count);
        }
    }

    public static Dictionary<TKey, TValue>? Read<TKey, TValue, TKeyFormatter, TValueFormatter>(ref MessagePackReader reader)
        where TKey : notnull
        where TKeyFormatter : struct, IMessageFormatter<TKey>
        where TValueFormatter : struct, IMessageFormatter<TValue>
    {
        if (!reader.TryEnterMap(out int count))
        {
            return null;
        }

        Dictionary<TKey, TValue> dictionary = UntrustedKeys.CreateDictionary<TKey, TValue>(count);
        for (int i = 0; i < count; i++)
        {
            TKey key = TKeyFormatter.Read(ref reader);
            UntrustedKeys.Add(ref reader, dictionary, key, TValueFormatter.Read(ref reader));
        }

        UntrustedKeys.Seal(dictionary);
        reader.Leave();
        return dictionary;
    }

    /// <summary>Adds to a collection that finds its keys by comparing, where no hash can collide.</summary>
    public static void AddSorted<TKey, TValue>(IDictionary<TKey, TValue> entries, TKey key, TValue value, int position, string type)
        where TKey : notnull
    {
        if (key is null)
        {
            throw SerializationError.NullKey(position, type);
        }

        bool added;
        try
        {
            added = !entries.ContainsKey(key);
            if (added)
            {
                entries.Add(key, value);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw SerializationError.InvalidValue(position, "a map whose keys can be compared with each other", exception);
        }

        if (!added)
        {
            throw SerializationError.DuplicateKey(position, type);
        }
    }
}
