namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats a tuple of 5 as an array.</summary>
/// <typeparam name="T1">The first element.</typeparam>
/// <typeparam name="T2">The second element.</typeparam>
/// <typeparam name="T3">The third element.</typeparam>
/// <typeparam name="T4">The fourth element.</typeparam>
/// <typeparam name="T5">The fifth element.</typeparam>
/// <typeparam name="T1Formatter">Its formatter.</typeparam>
/// <typeparam name="T2Formatter">Its formatter.</typeparam>
/// <typeparam name="T3Formatter">Its formatter.</typeparam>
/// <typeparam name="T4Formatter">Its formatter.</typeparam>
/// <typeparam name="T5Formatter">Its formatter.</typeparam>
public readonly struct TupleFormatter<T1, T2, T3, T4, T5, T1Formatter, T2Formatter, T3Formatter, T4Formatter, T5Formatter> : IMessageFormatter<Tuple<T1, T2, T3, T4, T5>?>
    where T1Formatter : struct, IMessageFormatter<T1>
    where T2Formatter : struct, IMessageFormatter<T2>
    where T3Formatter : struct, IMessageFormatter<T3>
    where T4Formatter : struct, IMessageFormatter<T4>
    where T5Formatter : struct, IMessageFormatter<T5>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1, T2, T3, T4, T5>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(5);
        T1Formatter.Write(ref writer, value.Item1);
        T2Formatter.Write(ref writer, value.Item2);
        T3Formatter.Write(ref writer, value.Item3);
        T4Formatter.Write(ref writer, value.Item4);
        T5Formatter.Write(ref writer, value.Item5);
    }

    /// <inheritdoc/>
    public static Tuple<T1, T2, T3, T4, T5>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        reader.EnterArray(5, "A tuple");
        var value = new Tuple<T1, T2, T3, T4, T5>(
            T1Formatter.Read(ref reader),
            T2Formatter.Read(ref reader),
            T3Formatter.Read(ref reader),
            T4Formatter.Read(ref reader),
            T5Formatter.Read(ref reader));
        reader.Leave();
        return value;
    }
}

/// <summary>Formats a tuple of 6 as an array.</summary>
/// <typeparam name="T1">The first element.</typeparam>
/// <typeparam name="T2">The second element.</typeparam>
/// <typeparam name="T3">The third element.</typeparam>
/// <typeparam name="T4">The fourth element.</typeparam>
/// <typeparam name="T5">The fifth element.</typeparam>
/// <typeparam name="T6">The sixth element.</typeparam>
/// <typeparam name="T1Formatter">Its formatter.</typeparam>
/// <typeparam name="T2Formatter">Its formatter.</typeparam>
/// <typeparam name="T3Formatter">Its formatter.</typeparam>
/// <typeparam name="T4Formatter">Its formatter.</typeparam>
/// <typeparam name="T5Formatter">Its formatter.</typeparam>
/// <typeparam name="T6Formatter">Its formatter.</typeparam>
public readonly struct TupleFormatter<T1, T2, T3, T4, T5, T6, T1Formatter, T2Formatter, T3Formatter, T4Formatter, T5Formatter, T6Formatter> : IMessageFormatter<Tuple<T1, T2, T3, T4, T5, T6>?>
    where T1Formatter : struct, IMessageFormatter<T1>
    where T2Formatter : struct, IMessageFormatter<T2>
    where T3Formatter : struct, IMessageFormatter<T3>
    where T4Formatter : struct, IMessageFormatter<T4>
    where T5Formatter : struct, IMessageFormatter<T5>
    where T6Formatter : struct, IMessageFormatter<T6>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1, T2, T3, T4, T5, T6>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(6);
        T1Formatter.Write(ref writer, value.Item1);
        T2Formatter.Write(ref writer, value.Item2);
        T3Formatter.Write(ref writer, value.Item3);
        T4Formatter.Write(ref writer, value.Item4);
        T5Formatter.Write(ref writer, value.Item5);
        T6Formatter.Write(ref writer, value.Item6);
    }

    /// <inheritdoc/>
    public static Tuple<T1, T2, T3, T4, T5, T6>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        reader.EnterArray(6, "A tuple");
        var value = new Tuple<T1, T2, T3, T4, T5, T6>(
            T1Formatter.Read(ref reader),
            T2Formatter.Read(ref reader),
            T3Formatter.Read(ref reader),
            T4Formatter.Read(ref reader),
            T5Formatter.Read(ref reader),
            T6Formatter.Read(ref reader));
        reader.Leave();
        return value;
    }
}

/// <summary>Formats a tuple of 7 as an array.</summary>
/// <typeparam name="T1">The first element.</typeparam>
/// <typeparam name="T2">The second element.</typeparam>
/// <typeparam name="T3">The third element.</typeparam>
/// <typeparam name="T4">The fourth element.</typeparam>
/// <typeparam name="T5">The fifth element.</typeparam>
/// <typeparam name="T6">The sixth element.</typeparam>
/// <typeparam name="T7">The seventh element.</typeparam>
/// <typeparam name="T1Formatter">Its formatter.</typeparam>
/// <typeparam name="T2Formatter">Its formatter.</typeparam>
/// <typeparam name="T3Formatter">Its formatter.</typeparam>
/// <typeparam name="T4Formatter">Its formatter.</typeparam>
/// <typeparam name="T5Formatter">Its formatter.</typeparam>
/// <typeparam name="T6Formatter">Its formatter.</typeparam>
/// <typeparam name="T7Formatter">Its formatter.</typeparam>
public readonly struct TupleFormatter<T1, T2, T3, T4, T5, T6, T7, T1Formatter, T2Formatter, T3Formatter, T4Formatter, T5Formatter, T6Formatter, T7Formatter> : IMessageFormatter<Tuple<T1, T2, T3, T4, T5, T6, T7>?>
    where T1Formatter : struct, IMessageFormatter<T1>
    where T2Formatter : struct, IMessageFormatter<T2>
    where T3Formatter : struct, IMessageFormatter<T3>
    where T4Formatter : struct, IMessageFormatter<T4>
    where T5Formatter : struct, IMessageFormatter<T5>
    where T6Formatter : struct, IMessageFormatter<T6>
    where T7Formatter : struct, IMessageFormatter<T7>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1, T2, T3, T4, T5, T6, T7>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(7);
        T1Formatter.Write(ref writer, value.Item1);
        T2Formatter.Write(ref writer, value.Item2);
        T3Formatter.Write(ref writer, value.Item3);
        T4Formatter.Write(ref writer, value.Item4);
        T5Formatter.Write(ref writer, value.Item5);
        T6Formatter.Write(ref writer, value.Item6);
        T7Formatter.Write(ref writer, value.Item7);
    }

    /// <inheritdoc/>
    public static Tuple<T1, T2, T3, T4, T5, T6, T7>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        reader.EnterArray(7, "A tuple");
        var value = new Tuple<T1, T2, T3, T4, T5, T6, T7>(
            T1Formatter.Read(ref reader),
            T2Formatter.Read(ref reader),
            T3Formatter.Read(ref reader),
            T4Formatter.Read(ref reader),
            T5Formatter.Read(ref reader),
            T6Formatter.Read(ref reader),
            T7Formatter.Read(ref reader));
        reader.Leave();
        return value;
    }
}

/// <summary>Formats a longer tuple as an array of 8, whose last element is the array of the rest.</summary>
/// <typeparam name="T1">The first element.</typeparam>
/// <typeparam name="T2">The second element.</typeparam>
/// <typeparam name="T3">The third element.</typeparam>
/// <typeparam name="T4">The fourth element.</typeparam>
/// <typeparam name="T5">The fifth element.</typeparam>
/// <typeparam name="T6">The sixth element.</typeparam>
/// <typeparam name="T7">The seventh element.</typeparam>
/// <typeparam name="TRest">The tuple of the rest.</typeparam>
/// <typeparam name="T1Formatter">Its formatter.</typeparam>
/// <typeparam name="T2Formatter">Its formatter.</typeparam>
/// <typeparam name="T3Formatter">Its formatter.</typeparam>
/// <typeparam name="T4Formatter">Its formatter.</typeparam>
/// <typeparam name="T5Formatter">Its formatter.</typeparam>
/// <typeparam name="T6Formatter">Its formatter.</typeparam>
/// <typeparam name="T7Formatter">Its formatter.</typeparam>
/// <typeparam name="TRestFormatter">Its formatter.</typeparam>
public readonly struct TupleFormatter<T1, T2, T3, T4, T5, T6, T7, TRest, T1Formatter, T2Formatter, T3Formatter, T4Formatter, T5Formatter, T6Formatter, T7Formatter, TRestFormatter> : IMessageFormatter<Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>?>
    where TRest : notnull
    where T1Formatter : struct, IMessageFormatter<T1>
    where T2Formatter : struct, IMessageFormatter<T2>
    where T3Formatter : struct, IMessageFormatter<T3>
    where T4Formatter : struct, IMessageFormatter<T4>
    where T5Formatter : struct, IMessageFormatter<T5>
    where T6Formatter : struct, IMessageFormatter<T6>
    where T7Formatter : struct, IMessageFormatter<T7>
    where TRestFormatter : struct, IMessageFormatter<TRest>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(8);
        T1Formatter.Write(ref writer, value.Item1);
        T2Formatter.Write(ref writer, value.Item2);
        T3Formatter.Write(ref writer, value.Item3);
        T4Formatter.Write(ref writer, value.Item4);
        T5Formatter.Write(ref writer, value.Item5);
        T6Formatter.Write(ref writer, value.Item6);
        T7Formatter.Write(ref writer, value.Item7);
        TRestFormatter.Write(ref writer, value.Rest);
    }

    /// <inheritdoc/>
    public static Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        reader.EnterArray(8, "A tuple");
        T1 item1 = T1Formatter.Read(ref reader);
        T2 item2 = T2Formatter.Read(ref reader);
        T3 item3 = T3Formatter.Read(ref reader);
        T4 item4 = T4Formatter.Read(ref reader);
        T5 item5 = T5Formatter.Read(ref reader);
        T6 item6 = T6Formatter.Read(ref reader);
        T7 item7 = T7Formatter.Read(ref reader);
        if (TRestFormatter.Read(ref reader) is not { } rest)
        {
            throw SerializationError.NullElement(reader.Consumed, "The rest of a tuple");
        }

        var value = new Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>(item1, item2, item3, item4, item5, item6, item7, rest);
        reader.Leave();
        return value;
    }
}
