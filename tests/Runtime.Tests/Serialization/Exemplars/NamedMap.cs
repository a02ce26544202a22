using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;

// The shape that the generator emits for a type without keys: a map by member name.
public sealed record NamedItem(int Id, string Name, double Price);

internal readonly struct NamedItemFormatter : IMessageFormatter<NamedItem?>
{
    // Each key with its header, ready to be copied.
    private static ReadOnlySpan<byte> IdKey => [0xA2, (byte)'I', (byte)'d'];

    private static ReadOnlySpan<byte> NameKey => [0xA4, (byte)'N', (byte)'a', (byte)'m', (byte)'e'];

    private static ReadOnlySpan<byte> PriceKey => [0xA5, (byte)'P', (byte)'r', (byte)'i', (byte)'c', (byte)'e'];

    public static void Write(ref MessagePackWriter writer, NamedItem? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        // 1 header + 3 + 5 Id + 5 + 32 Name + 6 + 9 Price
        ref byte next = ref RawMessagePack.Reserve(ref writer, 61);
        next = ref RawMessagePack.WriteCode(ref next, 0x83);
        next = ref RawMessagePack.WriteBytes(ref next, IdKey);
        next = ref RawMessagePack.WriteInt32(ref next, value.Id);
        next = ref RawMessagePack.WriteBytes(ref next, NameKey);
        next = ref RawMessagePack.WriteString(ref writer, ref next, value.Name, 15);
        next = ref RawMessagePack.WriteBytes(ref next, PriceKey);
        next = ref RawMessagePack.WriteDouble(ref next, value.Price);
        RawMessagePack.Advance(ref writer, ref next);
    }

    public static NamedItem? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterMap(out int count))
        {
            return null;
        }

        int id = default;
        string? name = default;
        double price = default;
        for (; count > 0; count--)
        {
            ReadOnlySpan<byte> key = reader.ReadKey();
            switch (key.Length)
            {
                case 2 when key.SequenceEqual("Id"u8):
                    id = reader.ReadInt32();
                    break;
                case 4 when key.SequenceEqual("Name"u8):
                    name = reader.ReadString();
                    break;
                case 5 when key.SequenceEqual("Price"u8):
                    price = reader.ReadDouble();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Leave();
        return new NamedItem(id, name!, price);
    }
}
