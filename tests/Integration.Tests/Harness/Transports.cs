using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>The transports over which every behaviour is tested. A new transport joins by one line.</summary>
internal static class TestTransports
{
    internal static readonly string[] All =
    [
        "unix",
        "shm",
        "pipe",
        "inproc",
    ];

    private static int _endpoints;

    /// <summary>An endpoint that nobody else uses.</summary>
    internal static IpcEndpoint NewEndpoint(string scheme)
        => $"{scheme}:t{Environment.ProcessId}-{Interlocked.Increment(ref _endpoints)}";
}

/// <summary>Runs a theory once over each transport.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryTransportAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
        => new([.. TestTransports.All.Select(static scheme => new TheoryDataRow<string>(scheme))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
