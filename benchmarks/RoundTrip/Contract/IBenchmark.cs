namespace Contracts.Ipc.Benchmarks.RoundTrip.Contract;

/// <summary>What the two processes have between them.</summary>
[IpcService]
internal partial interface IBenchmark
{
    int Add(int a, int b);

    ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken = default);

    [OneWay]
    void Note(int value);

    ValueTask<Block> EchoBlockAsync(Block block);

    ValueTask<byte[]> EchoBytesAsync(byte[] bytes);

    ValueTask<List<Item>> EchoItemsAsync(List<Item> items);
}
