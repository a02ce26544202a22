namespace Contracts.Ipc.Benchmarks.RoundTrip.Contract;

/// <summary>Answers at once: what is measured is the way there and back.</summary>
internal sealed class Benchmark : IBenchmark
{
    public int Add(int a, int b) => a + b;

    public ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken) => new(a + b);

    public void Note(int value)
    {
        // Nothing comes back: what is measured is how fast the messages are taken.
    }

    public ValueTask<Block> EchoBlockAsync(Block block) => new(block);

    public ValueTask<byte[]> EchoBytesAsync(byte[] bytes) => new(bytes);

    public ValueTask<List<Item>> EchoItemsAsync(List<Item> items) => new(items);
}
