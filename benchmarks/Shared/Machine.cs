using System.Globalization;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    /// <summary>Also in a process that is bound to one of them.</summary>
    public static int ProcessorCount { get; } = File.ReadLines("/proc/cpuinfo").Count(static line => line.StartsWith("processor", StringComparison.Ordinal));

    public static string Describe()
    {
        string model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal)) ?? "";
        string load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ProcessorCount} x {model[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()}, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, load {load}");
    }
}
