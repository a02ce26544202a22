namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats a pair as <c>[key, value]</c>.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TKeyFormatter">The key's formatter.</typeparam>
/// <typeparam name="TValueFormatter">The value's formatter.</typeparam>
public readonly struct KeyValuePairFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IMessageFormatter<KeyValuePair<TKey, TValue>>
    where TKeyFormatter : struct, IMessageFormatter<TKey>
    where TValueFormatter : struct, IMessageFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, KeyValuePair<TKey, TValue> value)
    {
        writer.WriteArrayHeader(2);
        TKeyFormatter.Write(ref writer, value.Key);
        TValueFormatter.Write(ref writer, value.Value);
    }

    /// <inheritdoc/>
    public static KeyValuePair<TKey, TValue> Read(ref MessagePackReader reader)
    {
        reader.EnterArray(2, nameof(KeyValuePair));
        var pair = new KeyValuePair<TKey, TValue>(TKeyFormatter.Read(ref reader), TValueFormatter.Read(ref reader));
        reader.Leave();
        return pair;
    }
}
