using System.Runtime.InteropServices;

namespace Contracts.Ipc.Serialization;

public ref partial struct MessagePackReader
{
    // 512 bytes of stack, which cover the default limit.
    private const int LevelsOnStack = 64;
    private const int NoContainer = -1;

    /// <summary>Skips one value, whatever it is. Nesting counts against the same limit as in reading and takes no stack.</summary>
    public void Skip() => SkipMany(1);

    /// <summary>Skips several values.</summary>
    /// <param name="count">How many.</param>
    public void SkipMany(int count)
    {
        if (count <= 0)
        {
            return;
        }

        // What is left to skip on each level above the current one.
        scoped Span<long> outer = _depthLeft <= LevelsOnStack ? stackalloc long[LevelsOnStack] : new long[_depthLeft];
        int level = 0;
        long left = count;
        while (true)
        {
            while (left == 0)
            {
                if (level == 0)
                {
                    return;
                }

                left = outer[--level];
            }

            left--;
            long inner = SkipHead();
            if (inner == NoContainer)
            {
                continue;
            }

            if (level >= _depthLeft)
            {
                throw SerializationError.TooDeep(Consumed, _maxDepth);
            }

            outer[level++] = left;
            left = inner;
        }
    }

    /// <summary>Skips one value and returns its bytes. They are valid as long as the input is.</summary>
    /// <returns>The whole value as it stood in the input.</returns>
    public ReadOnlySpan<byte> ReadRaw()
    {
        ref byte from = ref _next;
        int before = Consumed;
        Skip();
        return MemoryMarshal.CreateReadOnlySpan(ref from, Consumed - before);
    }

    // Skips a value without what it contains; says how many values it contains if it is an array or a map.
    private long SkipHead()
    {
        const string Expected = "a value";
        byte code = PeekCode(Expected);
        switch (code)
        {
            case <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt:
            case MessagePackCode.Nil or MessagePackCode.False or MessagePackCode.True:
                Advance(1);
                return NoContainer;
            case < MessagePackCode.FixArray:
                Advance(1);
                return Declared("The map", (uint)(code - MessagePackCode.FixMap), 0, elementSize: 2) * 2;
            case < MessagePackCode.FixStr:
                Advance(1);
                return Declared("The array", (uint)(code - MessagePackCode.FixArray), 0, elementSize: 1);
            case < MessagePackCode.Nil:
            case MessagePackCode.Str8 or MessagePackCode.Str16 or MessagePackCode.Str32:
                ReadLongUtf8Span();
                return NoContainer;
            case MessagePackCode.Bin8 or MessagePackCode.Bin16 or MessagePackCode.Bin32:
                ReadBinarySpan();
                return NoContainer;
            case MessagePackCode.UInt8 or MessagePackCode.Int8:
                return SkipFixed(2);
            case MessagePackCode.UInt16 or MessagePackCode.Int16:
                return SkipFixed(3);
            case MessagePackCode.UInt32 or MessagePackCode.Int32 or MessagePackCode.Float32:
                return SkipFixed(5);
            case MessagePackCode.UInt64 or MessagePackCode.Int64 or MessagePackCode.Float64:
                return SkipFixed(9);
            case MessagePackCode.Array16:
                Need(3, Expected);
                return Declared("The array", UInt16At(1), 3, elementSize: 1);
            case MessagePackCode.Array32:
                Need(5, Expected);
                return Declared("The array", UInt32At(1), 5, elementSize: 1);
            case MessagePackCode.Map16:
                Need(3, Expected);
                return 2L * Declared("The map", UInt16At(1), 3, elementSize: 2);
            case MessagePackCode.Map32:
                Need(5, Expected);
                return 2L * Declared("The map", UInt32At(1), 5, elementSize: 2);
            case MessagePackCode.NeverUsed:
                ThrowUnexpected(Expected);
                return NoContainer;
            default:
                ReadExtensionSpan(out _);
                return NoContainer;
        }
    }

    private int SkipFixed(int size)
    {
        Need(size, "a number");
        Advance(size);
        return NoContainer;
    }
}
