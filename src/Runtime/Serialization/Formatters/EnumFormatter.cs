using System.Runtime.CompilerServices;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>
/// Formats an open enum as its underlying integer: numbers without a name pass, as they do in C#. Closed ones get a formatter from the generator, which knows their values.
/// </summary>
/// <typeparam name="TEnum">The enum.</typeparam>
/// <typeparam name="TUnderlying">The integer under it.</typeparam>
/// <typeparam name="TFormatter">The integer's formatter.</typeparam>
public readonly struct EnumFormatter<TEnum, TUnderlying, TFormatter> : IMessageFormatter<TEnum>
    where TEnum : unmanaged, Enum
    where TUnderlying : unmanaged
    where TFormatter : struct, IMessageFormatter<TUnderlying>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TEnum value)
        => TFormatter.Write(ref writer, Unsafe.BitCast<TEnum, TUnderlying>(value));

    /// <inheritdoc/>
    public static TEnum Read(ref MessagePackReader reader)
        => Unsafe.BitCast<TUnderlying, TEnum>(TFormatter.Read(ref reader));
}
