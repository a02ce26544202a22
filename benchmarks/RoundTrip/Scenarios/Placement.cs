namespace Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

/// <summary>On which processors client and server run. Both are bound, as the floor is.</summary>
internal sealed record Placement(string Name, int ClientProcessor, int ServerProcessor)
{
    public static Placement Across { get; } = new("across cores", 0, 1);

    public static Placement Same { get; } = new("same core", 0, 0);

    public bool IsAcross => ClientProcessor != ServerProcessor;
}
