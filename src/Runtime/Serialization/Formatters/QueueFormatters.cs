using System.Collections.Concurrent;

namespace Contracts.Ipc.Serialization.Formatters;

// Elements travel in the order in which the collection enumerates them; a stack therefore comes top first.

/// <summary>Formats a collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct QueueFormatter<T, TFormatter> : IMessageFormatter<Queue<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Queue<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(Queue<>));
        }
    }

    /// <inheritdoc/>
    public static Queue<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? new Queue<T>(values) : null;
}

/// <summary>Formats a collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct LinkedListFormatter<T, TFormatter> : IMessageFormatter<LinkedList<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, LinkedList<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(LinkedList<>));
        }
    }

    /// <inheritdoc/>
    public static LinkedList<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? new LinkedList<T>(values) : null;
}

/// <summary>Formats a collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ConcurrentQueueFormatter<T, TFormatter> : IMessageFormatter<ConcurrentQueue<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ConcurrentQueue<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value.ToArray());
        }
    }

    /// <inheritdoc/>
    public static ConcurrentQueue<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? new ConcurrentQueue<T>(values) : null;
}

/// <summary>Formats a collection.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ConcurrentBagFormatter<T, TFormatter> : IMessageFormatter<ConcurrentBag<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ConcurrentBag<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value.ToArray());
        }
    }

    /// <inheritdoc/>
    public static ConcurrentBag<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? new ConcurrentBag<T>(values) : null;
}

/// <summary>Formats a stack, top first.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct StackFormatter<T, TFormatter> : IMessageFormatter<Stack<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Stack<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value, nameof(Stack<>));
        }
    }

    /// <inheritdoc/>
    public static Stack<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? new Stack<T>(values.Reverse()) : null;
}

/// <summary>Formats a stack, top first.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
public readonly struct ConcurrentStackFormatter<T, TFormatter> : IMessageFormatter<ConcurrentStack<T>?>
    where TFormatter : struct, IMessageFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ConcurrentStack<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TFormatter>(ref writer, value.ToArray());
        }
    }

    /// <inheritdoc/>
    public static ConcurrentStack<T>? Read(ref MessagePackReader reader)
        => Elements.TryReadArray<T, TFormatter>(ref reader, out T[] values) ? new ConcurrentStack<T>(values.Reverse()) : null;
}
