using System.Runtime.InteropServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;

// The shape that the generator emits for a collection of a reference type: closed, so that every call is direct.
internal readonly struct ItemListFormatter : IMessageFormatter<List<Item>?>
{
    public static void Write(ref MessagePackWriter writer, List<Item>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ReadOnlySpan<Item> items = CollectionsMarshal.AsSpan(value);
        writer.WriteArrayHeader(items.Length);
        foreach (Item item in items)
        {
            ItemFormatter.Write(ref writer, item);
        }
    }

    public static List<Item>? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        var list = new List<Item>(count);
        CollectionsMarshal.SetCount(list, count);
        Span<Item> items = CollectionsMarshal.AsSpan(list);
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = ItemFormatter.Read(ref reader)!;
        }

        reader.Leave();
        return list;
    }
}
