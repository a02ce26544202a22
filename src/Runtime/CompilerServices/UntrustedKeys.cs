using System.ComponentModel;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <summary>
/// Plumbing of generated formatters: builds hash tables from keys that a hostile peer may have chosen, so that no choice of keys makes
/// them slow.
/// </summary>
/// <remarks>
/// Strings need nothing: .NET hashes them with a secret once they collide. Numbers, times and GUIDs are hashed by a keyed function instead of
/// their own, which everybody can invert. Other types keep their own hash, and a table whose keys collide more often than chance allows is refused.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class UntrustedKeys
{
    /// <summary>Makes an empty dictionary for entries from a message.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TValue">The value.</typeparam>
    /// <param name="count">How many entries the message declares.</param>
    /// <returns>The dictionary. <see cref="Seal"/> it when all entries are in.</returns>
    public static Dictionary<TKey, TValue> CreateDictionary<TKey, TValue>(int count)
        where TKey : notnull
        => new(count, KeyComparer.For<TKey>());

    /// <summary>Adds an entry.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TValue">The value.</typeparam>
    /// <param name="reader">Stands behind the entry.</param>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="IpcSerializationException">The key is nil or came before.</exception>
    public static void Add<TKey, TValue>(ref MessagePackReader reader, Dictionary<TKey, TValue> dictionary, TKey key, TValue value)
        where TKey : notnull
    {
        if (key is null)
        {
            throw SerializationError.NullKey(reader.Consumed, nameof(Dictionary<,>));
        }

        if (!dictionary.TryAdd(key, value))
        {
            throw SerializationError.DuplicateKey(reader.Consumed, nameof(Dictionary<,>));
        }
    }

    /// <summary>Ends the reading of a dictionary: from here on its keys come from the program.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TValue">The value.</typeparam>
    /// <param name="dictionary">The dictionary.</param>
    public static void Seal<TKey, TValue>(Dictionary<TKey, TValue> dictionary)
        where TKey : notnull
        => (dictionary.Comparer as GuardedComparer<TKey>)?.Disarm();

    internal static HashSet<T>? ReadSet<T, TFormatter>(ref MessagePackReader reader)
        where TFormatter : struct, IMessageFormatter<T>
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        var set = new HashSet<T>(count, KeyComparer.For<T>());
        for (int i = 0; i < count; i++)
        {
            set.Add(TFormatter.Read(ref reader));
        }

        (set.Comparer as GuardedComparer<T>)?.Disarm();
        reader.Leave();
        return set;
    }
}
