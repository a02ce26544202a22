using System.Text;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats <see cref="string"/> as a string.</summary>
public readonly struct StringFormatter : IMessageFormatter<string?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, string? value)
        => writer.Write(value);

    /// <inheritdoc/>
    public static string? Read(ref MessagePackReader reader)
        => reader.ReadString();
}

/// <summary>Formats <see cref="StringBuilder"/> as a string.</summary>
public readonly struct StringBuilderFormatter : IMessageFormatter<StringBuilder?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, StringBuilder? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.Write(value.ToString());
        }
    }

    /// <inheritdoc/>
    public static StringBuilder? Read(ref MessagePackReader reader)
        => reader.ReadString() is { } text ? new StringBuilder(text) : null;
}

/// <summary>Formats <see cref="Uri"/> as the string from which it was made.</summary>
public readonly struct UriFormatter : IMessageFormatter<Uri?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Uri? value)
        => writer.Write(value?.OriginalString);

    /// <inheritdoc/>
    public static Uri? Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        if (reader.ReadString() is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? uri)
            ? uri
            : throw SerializationError.InvalidValue(position, "a URI");
    }
}

/// <summary>Formats <see cref="Version"/> as a string, such as 1.2.3.</summary>
public readonly struct VersionFormatter : IMessageFormatter<Version?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Version? value)
        => writer.Write(value?.ToString());

    /// <inheritdoc/>
    public static Version? Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        if (reader.ReadString() is not { } text)
        {
            return null;
        }

        return Version.TryParse(text, out Version? version)
            ? version
            : throw SerializationError.InvalidValue(position, "a version of two to four numbers");
    }
}

/// <summary>Formats <see cref="Rune"/> as the number of its Unicode scalar value.</summary>
public readonly struct RuneFormatter : IMessageFormatter<Rune>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Rune value)
        => writer.Write(value.Value);

    /// <inheritdoc/>
    public static Rune Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        return Rune.TryCreate(reader.ReadInt32(), out Rune rune)
            ? rune
            : throw SerializationError.InvalidValue(position, "a Unicode scalar value");
    }
}
