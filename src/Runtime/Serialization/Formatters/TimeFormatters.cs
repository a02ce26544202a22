namespace Contracts.Ipc.Serialization.Formatters;

/// <summary>Formats <see cref="DateTime"/> as a timestamp: an extension of type -1. Local times are converted to UTC, unspecified ones are taken for UTC; what is read is UTC.</summary>
public readonly struct DateTimeFormatter : IMessageFormatter<DateTime>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateTime value)
        => Timestamp.Write(ref writer, value.Kind == DateTimeKind.Local ? value.ToUniversalTime().Ticks : value.Ticks);

    /// <inheritdoc/>
    public static DateTime Read(ref MessagePackReader reader)
        => new(Timestamp.Read(ref reader), DateTimeKind.Utc);
}

/// <summary>Formats <see cref="DateTimeOffset"/> as [timestamp of the local time as if it were UTC, offset in minutes].</summary>
public readonly struct DateTimeOffsetFormatter : IMessageFormatter<DateTimeOffset>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateTimeOffset value)
    {
        writer.WriteArrayHeader(2);
        Timestamp.Write(ref writer, value.Ticks);
        writer.Write((short)value.Offset.TotalMinutes);
    }

    /// <inheritdoc/>
    public static DateTimeOffset Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        reader.EnterArray(2, nameof(DateTimeOffset));
        long ticks = Timestamp.Read(ref reader);
        int minutes = reader.ReadInt16();
        reader.Leave();
        long utc = ticks - (minutes * TimeSpan.TicksPerMinute);
        return minutes is >= -14 * 60 and <= 14 * 60 && (ulong)utc <= (ulong)DateTime.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes))
            : throw SerializationError.InvalidValue(position, "a DateTimeOffset: its offset is beyond 14 hours, or its UTC time beyond the years 1 to 9999");
    }
}

/// <summary>Formats <see cref="TimeSpan"/> as its number of ticks (100 ns).</summary>
public readonly struct TimeSpanFormatter : IMessageFormatter<TimeSpan>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TimeSpan value)
        => writer.Write(value.Ticks);

    /// <inheritdoc/>
    public static TimeSpan Read(ref MessagePackReader reader)
        => new(reader.ReadInt64());
}

/// <summary>Formats <see cref="DateOnly"/> as the number of days since January 1st of the year 1.</summary>
public readonly struct DateOnlyFormatter : IMessageFormatter<DateOnly>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateOnly value)
        => writer.Write(value.DayNumber);

    /// <inheritdoc/>
    public static DateOnly Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        int day = reader.ReadInt32();
        return (uint)day <= (uint)DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber(day)
            : throw SerializationError.InvalidValue(position, "a date between the years 1 and 9999");
    }
}

/// <summary>Formats <see cref="TimeOnly"/> as its number of ticks (100 ns) since midnight.</summary>
public readonly struct TimeOnlyFormatter : IMessageFormatter<TimeOnly>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TimeOnly value)
        => writer.Write(value.Ticks);

    /// <inheritdoc/>
    public static TimeOnly Read(ref MessagePackReader reader)
    {
        int position = reader.Consumed;
        long ticks = reader.ReadInt64();
        return (ulong)ticks <= (ulong)TimeOnly.MaxValue.Ticks
            ? new TimeOnly(ticks)
            : throw SerializationError.InvalidValue(position, "a time of day");
    }
}
