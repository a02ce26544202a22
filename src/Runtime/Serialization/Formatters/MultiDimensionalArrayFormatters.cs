namespace Contracts.Ipc.Serialization.Formatters;

// [length, length, …, [elements]], the last index running fastest.

/// <summary>Formats an array of 2 dimensions as its 2 lengths and an array of its elements.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct Array2DFormatter<T, TFormatter> : IMessageFormatter<T[,]?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[,]? value)
        => Grid.Write<T, TFormatter>(ref writer, value);

    /// <inheritdoc/>
    public static T[,]? Read(ref MessagePackReader reader)
    {
        Span<int> lengths = stackalloc int[2];
        if (!Grid.TryReadLengths(ref reader, lengths))
        {
            return null;
        }

        var value = new T[lengths[0], lengths[1]];
        Grid.ReadElements<T, TFormatter>(ref reader, value);
        return value;
    }
}

/// <summary>Formats an array of 3 dimensions as its 3 lengths and an array of its elements.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct Array3DFormatter<T, TFormatter> : IMessageFormatter<T[,,]?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[,,]? value)
        => Grid.Write<T, TFormatter>(ref writer, value);

    /// <inheritdoc/>
    public static T[,,]? Read(ref MessagePackReader reader)
    {
        Span<int> lengths = stackalloc int[3];
        if (!Grid.TryReadLengths(ref reader, lengths))
        {
            return null;
        }

        var value = new T[lengths[0], lengths[1], lengths[2]];
        Grid.ReadElements<T, TFormatter>(ref reader, value);
        return value;
    }
}

/// <summary>Formats an array of 4 dimensions as its 4 lengths and an array of its elements.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct Array4DFormatter<T, TFormatter> : IMessageFormatter<T[,,,]?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[,,,]? value)
        => Grid.Write<T, TFormatter>(ref writer, value);

    /// <inheritdoc/>
    public static T[,,,]? Read(ref MessagePackReader reader)
    {
        Span<int> lengths = stackalloc int[4];
        if (!Grid.TryReadLengths(ref reader, lengths))
        {
            return null;
        }

        var value = new T[lengths[0], lengths[1], lengths[2], lengths[3]];
        Grid.ReadElements<T, TFormatter>(ref reader, value);
        return value;
    }
}
