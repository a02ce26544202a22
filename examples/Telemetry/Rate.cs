using System.Globalization;

namespace Telemetry;

/// <summary>What a process did, as it tells the one that started it: in one line of three numbers.</summary>
/// <param name="Count">How many samples it wrote, read or was woken for.</param>
/// <param name="Time">In how long.</param>
/// <param name="Inconsistent">How many of them were not whole, or older than one before. There must be none.</param>
internal sealed record Rate(long Count, TimeSpan Time, long Inconsistent)
{
    public double PerSecond => Count / Time.TotalSeconds;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Time.TotalSeconds} {Inconsistent}");

    public static Rate Parse(string line)
    {
        string[] parts = line.Split(' ');
        return new(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(parts[1], CultureInfo.InvariantCulture)),
            long.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
