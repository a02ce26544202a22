using System.Globalization;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Processes;

/// <summary>What a process has used so far.</summary>
internal readonly record struct Usage(long AllocatedBytes, double CpuMicroseconds)
{
    public static Usage OfThisProcess() => new(GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime.TotalMicroseconds);

    public static Usage Parse(string line)
    {
        string[] parts = line.Split(' ');
        return new(long.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public static Usage operator -(Usage left, Usage right) => new(left.AllocatedBytes - right.AllocatedBytes, left.CpuMicroseconds - right.CpuMicroseconds);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{AllocatedBytes} {CpuMicroseconds}");
}
