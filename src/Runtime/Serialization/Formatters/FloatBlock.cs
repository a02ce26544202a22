using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Writes many floating-point numbers behind one check for room per block.</summary>
internal static class FloatBlock
{
    private const int BlockLength = 512;

    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<double> values)
    {
        while (!values.IsEmpty)
        {
            ReadOnlySpan<double> block = values[..Math.Min(values.Length, BlockLength)];
            ref byte next = ref writer.Reserve(RawMessagePack.MaxDouble * block.Length);
            foreach (double value in block)
            {
                next = ref RawMessagePack.WriteDouble(ref next, value);
            }

            writer.MoveTo(ref next);
            values = values[block.Length..];
        }
    }

    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<float> values)
    {
        while (!values.IsEmpty)
        {
            ReadOnlySpan<float> block = values[..Math.Min(values.Length, BlockLength)];
            ref byte next = ref writer.Reserve(RawMessagePack.MaxSingle * block.Length);
            foreach (float value in block)
            {
                next = ref RawMessagePack.WriteSingle(ref next, value);
            }

            writer.MoveTo(ref next);
            values = values[block.Length..];
        }
    }
}
