using System.Globalization;

namespace Contracts.Ipc.Benchmarks.SharedMemory;

/// <summary>One number that was measured, and what was allocated for one operation meanwhile. Travels between processes as a line.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Value">How much: nanoseconds, unless its row of the report says otherwise.</param>
/// <param name="Bytes">Allocated for one operation, on all sides.</param>
internal sealed record Figure(string Name, double Value, double Bytes)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Value} {Bytes}");

    public static Figure Parse(string line)
    {
        string[] parts = line.Split(' ');
        return new(parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture), double.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
