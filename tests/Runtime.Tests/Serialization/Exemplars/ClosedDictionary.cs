using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;

// The shape that the generator emits for a dictionary with a reference type in it.
internal readonly struct ItemDictionaryFormatter : IMessageFormatter<Dictionary<string, Item>?>
{
    public static void Write(ref MessagePackWriter writer, Dictionary<string, Item>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(value.Count);
        foreach ((string key, Item item) in value)
        {
            writer.Write(key);
            ItemFormatter.Write(ref writer, item);
        }
    }

    public static Dictionary<string, Item>? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterMap(out int count))
        {
            return null;
        }

        Dictionary<string, Item> dictionary = UntrustedKeys.CreateDictionary<string, Item>(count);
        for (int i = 0; i < count; i++)
        {
            string key = reader.ReadString()!;
            UntrustedKeys.Add(ref reader, dictionary, key, ItemFormatter.Read(ref reader)!);
        }

        UntrustedKeys.Seal(dictionary);
        reader.Leave();
        return dictionary;
    }
}
