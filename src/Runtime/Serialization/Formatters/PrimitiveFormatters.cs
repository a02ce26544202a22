namespace Contracts.Ipc.Serialization.Formatters;

// The types that the writer and the reader know themselves.

/// <summary>Formats <see cref="bool"/> as a boolean.</summary>
public readonly struct BooleanFormatter : IMessageFormatter<bool>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, bool value) => writer.Write(value);

    /// <inheritdoc/>
    public static bool Read(ref MessagePackReader reader) => reader.ReadBoolean();
}

/// <summary>Formats <see cref="byte"/> as an integer.</summary>
public readonly struct ByteFormatter : IMessageFormatter<byte>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, byte value) => writer.Write(value);

    /// <inheritdoc/>
    public static byte Read(ref MessagePackReader reader) => reader.ReadByte();
}

/// <summary>Formats <see cref="sbyte"/> as an integer.</summary>
public readonly struct SByteFormatter : IMessageFormatter<sbyte>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, sbyte value) => writer.Write(value);

    /// <inheritdoc/>
    public static sbyte Read(ref MessagePackReader reader) => reader.ReadSByte();
}

/// <summary>Formats <see cref="short"/> as an integer.</summary>
public readonly struct Int16Formatter : IMessageFormatter<short>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, short value) => writer.Write(value);

    /// <inheritdoc/>
    public static short Read(ref MessagePackReader reader) => reader.ReadInt16();
}

/// <summary>Formats <see cref="ushort"/> as an integer.</summary>
public readonly struct UInt16Formatter : IMessageFormatter<ushort>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ushort value) => writer.Write(value);

    /// <inheritdoc/>
    public static ushort Read(ref MessagePackReader reader) => reader.ReadUInt16();
}

/// <summary>Formats <see cref="int"/> as an integer.</summary>
public readonly struct Int32Formatter : IMessageFormatter<int>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, int value) => writer.Write(value);

    /// <inheritdoc/>
    public static int Read(ref MessagePackReader reader) => reader.ReadInt32();
}

/// <summary>Formats <see cref="uint"/> as an integer.</summary>
public readonly struct UInt32Formatter : IMessageFormatter<uint>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, uint value) => writer.Write(value);

    /// <inheritdoc/>
    public static uint Read(ref MessagePackReader reader) => reader.ReadUInt32();
}

/// <summary>Formats <see cref="long"/> as an integer.</summary>
public readonly struct Int64Formatter : IMessageFormatter<long>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, long value) => writer.Write(value);

    /// <inheritdoc/>
    public static long Read(ref MessagePackReader reader) => reader.ReadInt64();
}

/// <summary>Formats <see cref="ulong"/> as an integer.</summary>
public readonly struct UInt64Formatter : IMessageFormatter<ulong>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ulong value) => writer.Write(value);

    /// <inheritdoc/>
    public static ulong Read(ref MessagePackReader reader) => reader.ReadUInt64();
}

/// <summary>Formats <see cref="float"/> as a 32-bit float.</summary>
public readonly struct SingleFormatter : IMessageFormatter<float>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, float value) => writer.Write(value);

    /// <inheritdoc/>
    public static float Read(ref MessagePackReader reader) => reader.ReadSingle();
}

/// <summary>Formats <see cref="double"/> as a 64-bit float.</summary>
public readonly struct DoubleFormatter : IMessageFormatter<double>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, double value) => writer.Write(value);

    /// <inheritdoc/>
    public static double Read(ref MessagePackReader reader) => reader.ReadDouble();
}

/// <summary>Formats <see cref="char"/> as the number of its UTF-16 code unit.</summary>
public readonly struct CharFormatter : IMessageFormatter<char>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, char value) => writer.Write(value);

    /// <inheritdoc/>
    public static char Read(ref MessagePackReader reader) => reader.ReadChar();
}
