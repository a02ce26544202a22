using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats an immutable array; the default value travels as nil.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ImmutableArrayFormatter<T, TFormatter> : IMessageFormatter<ImmutableArray<T>>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableArray<T> value)
    {
        if (value.IsDefault)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value.AsSpan());
        }
    }

    /// <inheritdoc/>
    public static ImmutableArray<T> Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? ImmutableCollectionsMarshal.AsImmutableArray(values) : default;
}

/// <summary>Formats an immutable collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ImmutableListFormatter<T, TFormatter> : IMessageFormatter<ImmutableList<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableList<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(ImmutableList<>));
        }
    }

    /// <inheritdoc/>
    public static ImmutableList<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? ImmutableList.Create(values) : null;
}

/// <summary>Formats an immutable collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct IImmutableListFormatter<T, TFormatter> : IMessageFormatter<IImmutableList<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IImmutableList<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(IImmutableList<>));
        }
    }

    /// <inheritdoc/>
    public static IImmutableList<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? ImmutableList.Create(values) : null;
}

/// <summary>Formats an immutable collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ImmutableQueueFormatter<T, TFormatter> : IMessageFormatter<ImmutableQueue<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableQueue<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(ImmutableQueue<>));
        }
    }

    /// <inheritdoc/>
    public static ImmutableQueue<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? ImmutableQueue.Create(values) : null;
}

/// <summary>Formats an immutable collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct IImmutableQueueFormatter<T, TFormatter> : IMessageFormatter<IImmutableQueue<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IImmutableQueue<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(IImmutableQueue<>));
        }
    }

    /// <inheritdoc/>
    public static IImmutableQueue<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? ImmutableQueue.Create(values) : null;
}

/// <summary>Formats an immutable stack, top first.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ImmutableStackFormatter<T, TFormatter> : IMessageFormatter<ImmutableStack<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableStack<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(ImmutableStack<>));
        }
    }

    /// <inheritdoc/>
    public static ImmutableStack<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? ImmutableStack.CreateRange(values.Reverse()) : null;
}

/// <summary>Formats an immutable stack, top first.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct IImmutableStackFormatter<T, TFormatter> : IMessageFormatter<IImmutableStack<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IImmutableStack<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(IImmutableStack<>));
        }
    }

    /// <inheritdoc/>
    public static IImmutableStack<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? ImmutableStack.CreateRange(values.Reverse()) : null;
}

/// <summary>Formats an immutable set.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ImmutableHashSetFormatter<T, TFormatter> : IMessageFormatter<ImmutableHashSet<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableHashSet<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(ImmutableHashSet<>));
        }
    }

    /// <inheritdoc/>
    public static ImmutableHashSet<T>? Read(ref MessagePackReader reader)
        => UntrustedKeys.ReadSet<T, TFormatter>(ref reader) is { } set ? ImmutableHashSet.CreateRange(set.Comparer, set) : null;
}

/// <summary>Formats an immutable set.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct IImmutableSetFormatter<T, TFormatter> : IMessageFormatter<IImmutableSet<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IImmutableSet<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(IImmutableSet<>));
        }
    }

    /// <inheritdoc/>
    public static IImmutableSet<T>? Read(ref MessagePackReader reader)
        => UntrustedKeys.ReadSet<T, TFormatter>(ref reader) is { } set ? ImmutableHashSet.CreateRange(set.Comparer, set) : null;
}

/// <summary>Formats an immutable sorted set.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ImmutableSortedSetFormatter<T, TFormatter> : IMessageFormatter<ImmutableSortedSet<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableSortedSet<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(ImmutableSortedSet<>));
        }
    }

    /// <inheritdoc/>
    public static ImmutableSortedSet<T>? Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        if (!Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values))
        {
            return null;
        }

        try
        {
            return ImmutableSortedSet.Create(values);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw SerializationError.InvalidValue(position, "a set of elements that can be compared with each other", exception);
        }
    }
}
