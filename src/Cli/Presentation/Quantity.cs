using System.Globalization;

namespace Contracts.Ipc.Cli.Presentation;

/// <summary>Numbers as people read them. Documents carry the numbers themselves.</summary>
internal static class Quantity
{
    /// <summary>Bytes, in the largest unit that leaves at least one.</summary>
    public static string Bytes(long bytes)
    {
        (long unit, string name) = bytes switch
        {
            >= 1L << 30 => (1L << 30, "GiB"),
            >= 1L << 20 => (1L << 20, "MiB"),
            >= 1L << 10 => (1L << 10, "KiB"),
            _ => (1L, "B"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / unit:0.#} {name}");
    }

    /// <summary>A time in microseconds, in the unit that suits it.</summary>
    public static string Microseconds(double microseconds) => microseconds switch
    {
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000:0.00} s"),
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000:0.00} ms"),
        >= 100 => string.Create(CultureInfo.InvariantCulture, $"{microseconds:0} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{microseconds:0.0} µs"),
    };

    /// <summary>How long ago something was, in one unit.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 1 } => $"{(int)age.TotalDays} d",
        { TotalHours: >= 1 } => $"{(int)age.TotalHours} h",
        { TotalMinutes: >= 1 } => $"{(int)age.TotalMinutes} min",
        _ => $"{Math.Max(0, (int)age.TotalSeconds)} s",
    };
}
