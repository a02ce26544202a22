namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats <see cref="Guid"/> as a string of 36 characters.</summary>
public readonly struct GuidFormatter : IMessageFormatter<Guid>
{
    private const int Length = 36;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Guid value)
    {
        Span<byte> text = stackalloc byte[Length];
        value.TryFormat(text, out _, "D");
        writer.WriteUtf8String(text);
    }

    /// <inheritdoc/>
    public static Guid Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        ReadOnlySpan<byte> text = reader.ReadUtf8Span();

        // The parser would also take other forms, padded with spaces.
        return text.Length == Length && text[8] == '-' && Guid.TryParse(text, null, out Guid value)
            ? value
            : throw SerializationError.InvalidValue(position, "a GUID of 36 characters, such as 0f8fad5b-d9cb-469f-a165-70867728950e");
    }
}
