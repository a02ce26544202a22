using System.Collections;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats <see cref="BitArray"/> as an array of booleans.</summary>
public readonly struct BitArrayFormatter : IMessageFormatter<BitArray?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, BitArray? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            writer.Write(value[i]);
        }
    }

    /// <inheritdoc/>
    public static BitArray? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        var bits = new BitArray(count);
        for (int i = 0; i < count; i++)
        {
            bits[i] = reader.ReadBoolean();
        }

        reader.Leave();
        return bits;
    }
}
