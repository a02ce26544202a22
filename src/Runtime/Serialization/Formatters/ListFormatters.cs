using System.Collections.ObjectModel;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Serialization.Formatters;

// Interfaces are read as the type that answers them best: what can be changed as a list, what can only be read as an array.

/// <summary>Formats a list.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ListFormatter<T, TFormatter> : IMessageFormatter<List<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, List<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, CollectionsMarshal.AsSpan(value));
        }
    }

    /// <inheritdoc/>
    public static List<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadList<T, TFormatter>(ref reader, out List<T> values) ? values : null;
}

/// <summary>Formats a collection; a list is read.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct IListFormatter<T, TFormatter> : IMessageFormatter<IList<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IList<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(IList<>));
        }
    }

    /// <inheritdoc/>
    public static IList<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadList<T, TFormatter>(ref reader, out List<T> values) ? values : null;
}

/// <summary>Formats a collection; a list is read.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ICollectionFormatter<T, TFormatter> : IMessageFormatter<ICollection<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ICollection<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(ICollection<>));
        }
    }

    /// <inheritdoc/>
    public static ICollection<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadList<T, TFormatter>(ref reader, out List<T> values) ? values : null;
}

/// <summary>Formats a collection; an array is read.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct IReadOnlyListFormatter<T, TFormatter> : IMessageFormatter<IReadOnlyList<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyList<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(IReadOnlyList<>));
        }
    }

    /// <inheritdoc/>
    public static IReadOnlyList<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? values : null;
}

/// <summary>Formats a collection; an array is read.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct IReadOnlyCollectionFormatter<T, TFormatter> : IMessageFormatter<IReadOnlyCollection<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyCollection<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(IReadOnlyCollection<>));
        }
    }

    /// <inheritdoc/>
    public static IReadOnlyCollection<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? values : null;
}

/// <summary>Formats a collection; an array is read.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct IEnumerableFormatter<T, TFormatter> : IMessageFormatter<IEnumerable<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IEnumerable<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(IEnumerable<>));
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? values : null;
}

/// <summary>Formats a collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct CollectionFormatter<T, TFormatter> : IMessageFormatter<Collection<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Collection<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(Collection<>));
        }
    }

    /// <inheritdoc/>
    public static Collection<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadList<T, TFormatter>(ref reader, out List<T> values) ? new Collection<T>(values) : null;
}

/// <summary>Formats a collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ObservableCollectionFormatter<T, TFormatter> : IMessageFormatter<ObservableCollection<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ObservableCollection<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(ObservableCollection<>));
        }
    }

    /// <inheritdoc/>
    public static ObservableCollection<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadList<T, TFormatter>(ref reader, out List<T> values) ? new ObservableCollection<T>(values) : null;
}

/// <summary>Formats a collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ReadOnlyCollectionFormatter<T, TFormatter> : IMessageFormatter<ReadOnlyCollection<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyCollection<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(ReadOnlyCollection<>));
        }
    }

    /// <inheritdoc/>
    public static ReadOnlyCollection<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadList<T, TFormatter>(ref reader, out List<T> values) ? new ReadOnlyCollection<T>(values) : null;
}
