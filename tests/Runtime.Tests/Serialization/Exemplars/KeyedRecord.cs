using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;

// The shape that the generator emits for an integer-keyed record that is built by its constructor.
[IpcMessage]
public sealed record Item([property: IpcKey(0)] int Id, [property: IpcKey(1)] string Name, [property: IpcKey(2)] double Price);

internal readonly struct ItemFormatter : IMessageFormatter<Item?>
{
    public static void Write(ref MessagePackWriter writer, Item? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        // 1 header + 5 Id + 32 Name + 9 Price
        ref byte next = ref RawMessagePack.Reserve(ref writer, 47);
        next = ref RawMessagePack.WriteCode(ref next, 0x93);
        next = ref RawMessagePack.WriteInt32(ref next, value.Id);
        next = ref RawMessagePack.WriteString(ref writer, ref next, value.Name, 9);
        next = ref RawMessagePack.WriteDouble(ref next, value.Price);
        RawMessagePack.Advance(ref writer, ref next);
    }

    public static Item? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        int id = count > 0 ? reader.ReadInt32() : default;
        string? name = count > 1 ? reader.ReadString() : default;
        double price = count > 2 ? reader.ReadDouble() : default;
        if (count > 3)
        {
            reader.SkipMany(count - 3);
        }

        reader.Leave();
        return new Item(id, name!, price);
    }
}
