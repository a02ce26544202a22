using System.Collections.Frozen;
using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Serialization.Formatters;

// An element that comes twice is taken once: that is what a set is. Hash sets use comparers that resist collisions.

/// <summary>Formats a set.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct HashSetFormatter<T, TFormatter> : IMessageFormatter<HashSet<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, HashSet<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(HashSet<>));
        }
    }

    /// <inheritdoc/>
    public static HashSet<T>? Read(ref MessagePackReader reader)
        => UntrustedKeys.ReadSet<T, TFormatter>(ref reader);
}

/// <summary>Formats a set; a hash set is read.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ISetFormatter<T, TFormatter> : IMessageFormatter<ISet<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ISet<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(ISet<>));
        }
    }

    /// <inheritdoc/>
    public static ISet<T>? Read(ref MessagePackReader reader)
        => UntrustedKeys.ReadSet<T, TFormatter>(ref reader);
}

/// <summary>Formats a set; a hash set is read.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct IReadOnlySetFormatter<T, TFormatter> : IMessageFormatter<IReadOnlySet<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlySet<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(IReadOnlySet<>));
        }
    }

    /// <inheritdoc/>
    public static IReadOnlySet<T>? Read(ref MessagePackReader reader)
        => UntrustedKeys.ReadSet<T, TFormatter>(ref reader);
}

/// <summary>Formats a frozen set.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct FrozenSetFormatter<T, TFormatter> : IMessageFormatter<FrozenSet<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, FrozenSet<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(FrozenSet<>));
        }
    }

    /// <inheritdoc/>
    public static FrozenSet<T>? Read(ref MessagePackReader reader)
        => UntrustedKeys.ReadSet<T, TFormatter>(ref reader) is { } set ? set.ToFrozenSet(set.Comparer) : null;
}

/// <summary>Formats a sorted set.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct SortedSetFormatter<T, TFormatter> : IMessageFormatter<SortedSet<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedSet<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(SortedSet<>));
        }
    }

    /// <inheritdoc/>
    public static SortedSet<T>? Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        if (!Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values))
        {
            return null;
        }

        try
        {
            return new SortedSet<T>(values);
        }
        catch (InvalidOperationException exception)
        {
            throw SerializationError.InvalidValue(position, "a set of elements that can be compared with each other", exception);
        }
    }
}
