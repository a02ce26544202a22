using System.Runtime.CompilerServices;
using System.Text;

namespace Contracts.Ipc.Serialization;

/// <summary>Hashes the bits of a value with a secret of this process. Values are equal as they always are.</summary>
/// <remarks>
/// Equal values must have equal bits: floating-point zeros, NaNs and decimals with trailing zeros are brought into one form first,
/// points in time are hashed by what their equality looks at.
/// </remarks>
internal sealed class KeyedComparer<T> : IEqualityComparer<T>
{
    public static readonly KeyedComparer<T> Instance = new();

    public static bool Handles { get; } = typeof(T).IsEnum
        || typeof(T) == typeof(bool) || typeof(T) == typeof(char) || typeof(T) == typeof(byte) || typeof(T) == typeof(sbyte)
        || typeof(T) == typeof(short) || typeof(T) == typeof(ushort) || typeof(T) == typeof(int) || typeof(T) == typeof(uint)
        || typeof(T) == typeof(long) || typeof(T) == typeof(ulong) || typeof(T) == typeof(Int128) || typeof(T) == typeof(UInt128)
        || typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half) || typeof(T) == typeof(decimal)
        || typeof(T) == typeof(Guid) || typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(TimeSpan)
        || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeOnly) || typeof(T) == typeof(Rune);

    public bool Equals(T? x, T? y) => EqualityComparer<T>.Default.Equals(x, y);

    public int GetHashCode(T obj)
    {
        if (typeof(T) == typeof(double))
        {
            double value = (double)(object)obj!;
            return HashOf(value == 0 ? 0 : double.IsNaN(value) ? double.NaN : value);
        }

        if (typeof(T) == typeof(float))
        {
            float value = (float)(object)obj!;
            return HashOf(value == 0 ? 0 : float.IsNaN(value) ? float.NaN : value);
        }

        if (typeof(T) == typeof(Half))
        {
            Half value = (Half)(object)obj!;
            return HashOf(value == Half.Zero ? Half.Zero : Half.IsNaN(value) ? Half.NaN : value);
        }

        if (typeof(T) == typeof(decimal))
        {
            // Dividing by one with 28 decimal places cuts off trailing zeros.
            decimal value = (decimal)(object)obj!;
            return value == 0 ? 0 : HashOf(value / 1.0000000000000000000000000000m);
        }

        if (typeof(T) == typeof(DateTime))
        {
            return HashOf(((DateTime)(object)obj!).Ticks);
        }

        if (typeof(T) == typeof(DateTimeOffset))
        {
            return HashOf(((DateTimeOffset)(object)obj!).UtcTicks);
        }

        return HashOf(obj);
    }

    private static int HashOf<TValue>(TValue value)
    {
        ref byte bytes = ref Unsafe.As<TValue, byte>(ref value);
        switch (Unsafe.SizeOf<TValue>())
        {
            case 1:
                return KeyedHash.Of(bytes, 0);
            case 2:
                return KeyedHash.Of(Unsafe.ReadUnaligned<ushort>(ref bytes), 0);
            case 4:
                return KeyedHash.Of(Unsafe.ReadUnaligned<uint>(ref bytes), 0);
            case 8:
                return KeyedHash.Of(Unsafe.ReadUnaligned<ulong>(ref bytes), 0);
            default:
                return KeyedHash.Of(Unsafe.ReadUnaligned<ulong>(ref bytes), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, 8)));
        }
    }
}
