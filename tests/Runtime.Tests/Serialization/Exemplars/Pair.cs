using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;

[IpcMessage]
public sealed record Pair([property: IpcKey(0)] int A, [property: IpcKey(1)] int B);

internal readonly struct PairFormatter : IMessageFormatter<Pair?>
{
    public static void Write(ref MessagePackWriter writer, Pair? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ref byte next = ref RawMessagePack.Reserve(ref writer, 11);
        next = ref RawMessagePack.WriteCode(ref next, 0x92);
        next = ref RawMessagePack.WriteInt32(ref next, value.A);
        next = ref RawMessagePack.WriteInt32(ref next, value.B);
        RawMessagePack.Advance(ref writer, ref next);
    }

    public static Pair? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        int a = count > 0 ? reader.ReadInt32() : default;
        int b = count > 1 ? reader.ReadInt32() : default;
        if (count > 2)
        {
            reader.SkipMany(count - 2);
        }

        reader.Leave();
        return new Pair(a, b);
    }
}
