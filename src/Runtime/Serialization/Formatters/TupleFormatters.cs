namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats a tuple of 1 as an array.</summary>
/// <typeparam name="T1">The first element.</typeparam>
/// <typeparam name="T1Formatter">Its formatter.</typeparam>
public readonly struct TupleFormatter<T1, T1Formatter> : IMessageFormatter<Tuple<T1>?>
    where T1Formatter : struct, IMessageFormatter<T1>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(1);
        T1Formatter.Write(ref writer, value.Item1);
    }

    /// <inheritdoc/>
    public static Tuple<T1>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        reader.EnterArray(1, "A tuple");
        var value = new Tuple<T1>(
            T1Formatter.Read(ref reader));
        reader.Leave();
        return value;
    }
}

/// <summary>Formats a tuple of 2 as an array.</summary>
/// <typeparam name="T1">The first element.</typeparam>
/// <typeparam name="T2">The second element.</typeparam>
/// <typeparam name="T1Formatter">Its formatter.</typeparam>
/// <typeparam name="T2Formatter">Its formatter.</typeparam>
public readonly struct TupleFormatter<T1, T2, T1Formatter, T2Formatter> : IMessageFormatter<Tuple<T1, T2>?>
    where T1Formatter : struct, IMessageFormatter<T1>
    where T2Formatter : struct, IMessageFormatter<T2>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1, T2>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        T1Formatter.Write(ref writer, value.Item1);
        T2Formatter.Write(ref writer, value.Item2);
    }

    /// <inheritdoc/>
    public static Tuple<T1, T2>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        reader.EnterArray(2, "A tuple");
        var value = new Tuple<T1, T2>(
            T1Formatter.Read(ref reader),
            T2Formatter.Read(ref reader));
        reader.Leave();
        return value;
    }
}

/// <summary>Formats a tuple of 3 as an array.</summary>
/// <typeparam name="T1">The first element.</typeparam>
/// <typeparam name="T2">The second element.</typeparam>
/// <typeparam name="T3">The third element.</typeparam>
/// <typeparam name="T1Formatter">Its formatter.</typeparam>
/// <typeparam name="T2Formatter">Its formatter.</typeparam>
/// <typeparam name="T3Formatter">Its formatter.</typeparam>
public readonly struct TupleFormatter<T1, T2, T3, T1Formatter, T2Formatter, T3Formatter> : IMessageFormatter<Tuple<T1, T2, T3>?>
    where T1Formatter : struct, IMessageFormatter<T1>
    where T2Formatter : struct, IMessageFormatter<T2>
    where T3Formatter : struct, IMessageFormatter<T3>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1, T2, T3>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(3);
        T1Formatter.Write(ref writer, value.Item1);
        T2Formatter.Write(ref writer, value.Item2);
        T3Formatter.Write(ref writer, value.Item3);
    }

    /// <inheritdoc/>
    public static Tuple<T1, T2, T3>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        reader.EnterArray(3, "A tuple");
        var value = new Tuple<T1, T2, T3>(
            T1Formatter.Read(ref reader),
            T2Formatter.Read(ref reader),
            T3Formatter.Read(ref reader));
        reader.Leave();
        return value;
    }
}

/// <summary>Formats a tuple of 4 as an array.</summary>
/// <typeparam name="T1">The first element.</typeparam>
/// <typeparam name="T2">The second element.</typeparam>
/// <typeparam name="T3">The third element.</typeparam>
/// <typeparam name="T4">The fourth element.</typeparam>
/// <typeparam name="T1Formatter">Its formatter.</typeparam>
/// <typeparam name="T2Formatter">Its formatter.</typeparam>
/// <typeparam name="T3Formatter">Its formatter.</typeparam>
/// <typeparam name="T4Formatter">Its formatter.</typeparam>
public readonly struct TupleFormatter<T1, T2, T3, T4, T1Formatter, T2Formatter, T3Formatter, T4Formatter> : IMessageFormatter<Tuple<T1, T2, T3, T4>?>
    where T1Formatter : struct, IMessageFormatter<T1>
    where T2Formatter : struct, IMessageFormatter<T2>
    where T3Formatter : struct, IMessageFormatter<T3>
    where T4Formatter : struct, IMessageFormatter<T4>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1, T2, T3, T4>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(4);
        T1Formatter.Write(ref writer, value.Item1);
        T2Formatter.Write(ref writer, value.Item2);
        T3Formatter.Write(ref writer, value.Item3);
        T4Formatter.Write(ref writer, value.Item4);
    }

    /// <inheritdoc/>
    public static Tuple<T1, T2, T3, T4>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        reader.EnterArray(4, "A tuple");
        var value = new Tuple<T1, T2, T3, T4>(
            T1Formatter.Read(ref reader),
            T2Formatter.Read(ref reader),
            T3Formatter.Read(ref reader),
            T4Formatter.Read(ref reader));
        reader.Leave();
        return value;
    }
}
