using Contracts.Ipc.Benchmarks.SharedMemory.Processes;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Benchmarks.SharedMemory.Experiments;

/// <summary>Items from one process to another through a queue, one at a time and in batches.</summary>
internal static class Transfer
{
    public const string Name = "transfer";
    private const int Capacity = 4096;
    private const int Batch = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    public static IEnumerable<Figure> Measure(int partner) =>
    [
        Consume<Bytes16>("single16", partner),
        Consume<Bytes16>("batch16", partner),
        Consume<Bytes64>("single64", partner),
        Consume<Bytes64>("batch64", partner),
    ];

    public static void Assist(string variant, string name, Stop stop)
    {
        if (variant.EndsWith("16", StringComparison.Ordinal))
        {
            Produce<Bytes16>(variant, name, stop);
        }
        else
        {
            Produce<Bytes64>(variant, name, stop);
        }
    }

    private static Figure Consume<T>(string variant, int processor)
        where T : unmanaged, ISharedLayout<T>
    {
        string name = ObjectName.Fresh();
        using var queue = SharedQueue<T>.Create(name, Capacity);
        try
        {
            using Partner producer = Partner.Start(processor, Name, variant, name);
            var items = new T[Batch];
            Figure taken = Clock.Mean(variant, IsBatch(variant) ? TakeMany : TakeOnes);
            return taken with { Bytes = taken.Bytes + producer.Stop() };

            int TakeMany() => queue.TryDequeueRange(items) is int count and > 0 ? count : queue.TryDequeue(out items[0], Patience) ? 1 : 0;

            int TakeOnes()
            {
                int count = 0;
                for (int i = 0; i < Batch; i++)
                {
                    count += queue.TryDequeue(out items[0], Patience) ? 1 : 0;
                }

                return count;
            }
        }
        finally
        {
            SharedQueue<T>.Unlink(name);
        }
    }

    private static void Produce<T>(string variant, string name, Stop stop)
        where T : unmanaged, ISharedLayout<T>
    {
        using var queue = SharedQueue<T>.Open(name);
        var items = new T[Batch];
        Partner.Work(stop, IsBatch(variant) ? PutMany : PutOnes);

        int PutMany() => queue.TryEnqueueRange(items) is int count and > 0 ? count : queue.TryEnqueue(in items[0], Patience) ? 1 : 0;

        int PutOnes()
        {
            int count = 0;
            for (int i = 0; i < Batch && !stop.IsRequested; i++)
            {
                count += queue.TryEnqueue(in items[0], Patience) ? 1 : 0;
            }

            return count;
        }
    }

    private static bool IsBatch(string variant) => variant.StartsWith("batch", StringComparison.Ordinal);
}
