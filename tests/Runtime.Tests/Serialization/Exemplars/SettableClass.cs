using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;

public enum Level : byte
{
    Low,
    Middle,
    High = 200,
}

// The shape that the generator emits for a type whose members are set: key 1 is a gap, and an absent key keeps the declared value.
// A type that can contain itself counts its levels in writing too.
[IpcMessage]
public sealed class Node
{
    [IpcKey(0)]
    public string Name { get; set; } = "unnamed";

    [IpcKey(2)]
    public Level Level { get; set; } = Level.Middle;

    [IpcKey(3)]
    public Node? Next { get; set; }

    [IpcKey(4)]
    public int[]? Values { get; set; }
}

internal readonly struct NodeFormatter : IMessageFormatter<Node?>
{
    public static void Write(ref MessagePackWriter writer, Node? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Enter();
        ref byte next = ref RawMessagePack.Reserve(ref writer, 36);
        next = ref RawMessagePack.WriteCode(ref next, 0x95);
        next = ref RawMessagePack.WriteString(ref writer, ref next, value.Name, 3);
        next = ref RawMessagePack.WriteCode(ref next, 0xC0);
        next = ref RawMessagePack.WriteByte(ref next, (byte)value.Level);
        RawMessagePack.Advance(ref writer, ref next);
        Write(ref writer, value.Next);
        ArrayFormatter<int, Int32Formatter>.Write(ref writer, value.Values);
        writer.Leave();
    }

    public static Node? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        var value = new Node();
        if (count > 0)
        {
            value.Name = reader.ReadString()!;
        }

        if (count > 1)
        {
            reader.Skip();
        }

        if (count > 2)
        {
            value.Level = (Level)reader.ReadByte();
        }

        if (count > 3)
        {
            value.Next = Read(ref reader);
        }

        if (count > 4)
        {
            value.Values = ArrayFormatter<int, Int32Formatter>.Read(ref reader);
        }

        if (count > 5)
        {
            reader.SkipMany(count - 5);
        }

        reader.Leave();
        return value;
    }
}
