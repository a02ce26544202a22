using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;

// The shape that the generator emits for a closed hierarchy: [tag, value].
[Union(0, typeof(Circle))]
[Union(1, typeof(Rectangle))]
public abstract record Shape;

[IpcMessage]
public sealed record Circle([property: IpcKey(0)] double Radius) : Shape;

[IpcMessage]
public sealed record Rectangle([property: IpcKey(0)] int Width, [property: IpcKey(1)] int Height) : Shape;

#pragma warning disable IPC2028 // What is not listed cannot be written: that is what it is for.
public sealed record Blob : Shape;
#pragma warning restore IPC2028

internal readonly struct ShapeFormatter : IMessageFormatter<Shape?>
{
    public static void Write(ref MessagePackWriter writer, Shape? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case Circle circle:
                writer.WriteArrayHeader(2);
                writer.Write(0);
                CircleFormatter.Write(ref writer, circle);
                break;
            case Rectangle rectangle:
                writer.WriteArrayHeader(2);
                writer.Write(1);
                RectangleFormatter.Write(ref writer, rectangle);
                break;
            default:
                throw RawMessagePack.UnlistedUnionType(value, "Shape");
        }
    }

    public static Shape? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterUnion(out int tag))
        {
            return null;
        }

        Shape? value = tag switch
        {
            0 => CircleFormatter.Read(ref reader),
            1 => RectangleFormatter.Read(ref reader),
            _ => throw RawMessagePack.UnknownUnionTag(ref reader, tag, "Shape"),
        };
        reader.Leave();
        return value;
    }
}

internal readonly struct CircleFormatter : IMessageFormatter<Circle?>
{
    public static void Write(ref MessagePackWriter writer, Circle? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ref byte next = ref RawMessagePack.Reserve(ref writer, 10);
        next = ref RawMessagePack.WriteCode(ref next, 0x91);
        next = ref RawMessagePack.WriteDouble(ref next, value.Radius);
        RawMessagePack.Advance(ref writer, ref next);
    }

    public static Circle? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        double radius = count > 0 ? reader.ReadDouble() : default;
        if (count > 1)
        {
            reader.SkipMany(count - 1);
        }

        reader.Leave();
        return new Circle(radius);
    }
}

internal readonly struct RectangleFormatter : IMessageFormatter<Rectangle?>
{
    public static void Write(ref MessagePackWriter writer, Rectangle? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ref byte next = ref RawMessagePack.Reserve(ref writer, 11);
        next = ref RawMessagePack.WriteCode(ref next, 0x92);
        next = ref RawMessagePack.WriteInt32(ref next, value.Width);
        next = ref RawMessagePack.WriteInt32(ref next, value.Height);
        RawMessagePack.Advance(ref writer, ref next);
    }

    public static Rectangle? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        int width = count > 0 ? reader.ReadInt32() : default;
        int height = count > 1 ? reader.ReadInt32() : default;
        if (count > 2)
        {
            reader.SkipMany(count - 2);
        }

        reader.Leave();
        return new Rectangle(width, height);
    }
}
