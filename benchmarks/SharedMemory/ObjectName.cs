namespace Contracts.Ipc.Benchmarks.SharedMemory;

/// <summary>Names of shared objects that no other process has.</summary>
internal static class ObjectName
{
    private static int s_count;

    public static string Fresh() => $"benchmark-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
}
