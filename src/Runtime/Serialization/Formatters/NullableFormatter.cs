namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats a nullable value type: the value, or nil.</summary>
/// <typeparam name="T">The value type.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct NullableFormatter<T, TFormatter> : IMessageFormatter<T?>
    where T : struct
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is { } inner)
        {
            TFormatter.Write(ref writer, inner);
        }
        else
        {
            writer.WriteNil();
        }
    }

    /// <inheritdoc/>
    public static T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : TFormatter.Read(ref reader);
}
