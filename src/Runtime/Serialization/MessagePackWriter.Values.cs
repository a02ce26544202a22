using System.Runtime.CompilerServices;
using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Serialization;

public ref partial struct MessagePackWriter
{
    /// <summary>Writes nil.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNil()
    {
        Reserve(1) = MessagePackCode.Nil;
        Advance(1);
    }

    /// <summary>Starts an array.</summary>
    /// <param name="count">How many values follow.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteArrayHeader(int count)
    {
        if ((uint)count <= 15)
        {
            Reserve(1) = (byte)(MessagePackCode.FixArray | count);
            Advance(1);
        }
        else
        {
            WriteLongHeader(count, MessagePackCode.Array16);
        }
    }

    /// <summary>Starts a map.</summary>
    /// <param name="count">How many keys follow, each with a value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteMapHeader(int count)
    {
        if ((uint)count <= 15)
        {
            Reserve(1) = (byte)(MessagePackCode.FixMap | count);
            Advance(1);
        }
        else
        {
            WriteLongHeader(count, MessagePackCode.Map16);
        }
    }

    /// <summary>Writes a boolean.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(bool value) => MoveTo(ref RawMessagePack.WriteBoolean(ref Reserve(1), value));

    /// <summary>Writes an integer in its shortest form.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(byte value) => MoveTo(ref RawMessagePack.WriteByte(ref Reserve(RawMessagePack.MaxByte), value));

    /// <inheritdoc cref="Write(byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(sbyte value) => MoveTo(ref RawMessagePack.WriteSByte(ref Reserve(RawMessagePack.MaxByte), value));

    /// <inheritdoc cref="Write(byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(short value) => MoveTo(ref RawMessagePack.WriteInt16(ref Reserve(RawMessagePack.MaxInt32), value));

    /// <inheritdoc cref="Write(byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ushort value) => MoveTo(ref RawMessagePack.WriteUInt16(ref Reserve(RawMessagePack.MaxInt16), value));

    /// <summary>Writes a character as the number of its UTF-16 code unit.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(char value) => MoveTo(ref RawMessagePack.WriteUInt16(ref Reserve(RawMessagePack.MaxInt16), value));

    /// <inheritdoc cref="Write(byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(int value) => MoveTo(ref RawMessagePack.WriteInt32(ref Reserve(RawMessagePack.MaxInt32), value));

    /// <inheritdoc cref="Write(byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(uint value) => MoveTo(ref RawMessagePack.WriteUInt32(ref Reserve(RawMessagePack.MaxInt32), value));

    /// <inheritdoc cref="Write(byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(long value) => MoveTo(ref RawMessagePack.WriteInt64(ref Reserve(RawMessagePack.MaxInt64), value));

    /// <inheritdoc cref="Write(byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ulong value) => MoveTo(ref RawMessagePack.WriteUInt64(ref Reserve(RawMessagePack.MaxInt64), value));

    /// <summary>Writes a number with 32 bits.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(float value) => MoveTo(ref RawMessagePack.WriteSingle(ref Reserve(RawMessagePack.MaxSingle), value));

    /// <summary>Writes a number with 64 bits.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(double value) => MoveTo(ref RawMessagePack.WriteDouble(ref Reserve(RawMessagePack.MaxDouble), value));

    // The 16-bit codes are followed by their 32-bit siblings.
    private void WriteLongHeader(int count, byte code16)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count <= ushort.MaxValue)
        {
            WriteHeader(code16, (ushort)count);
        }
        else
        {
            WriteHeader((byte)(code16 + 1), (uint)count);
        }
    }
}
