using Contracts.Ipc.Benchmarks.SharedMemory.Processes;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Benchmarks.SharedMemory.Experiments;

/// <summary>Snapshots while another process publishes at full speed.</summary>
internal static class Race
{
    public const string Name = "race";
    private const int Batch = 100;

    public static IEnumerable<Figure> Measure(int partner) => [Reads<Bytes64>("64", partner), Reads<Bytes256>("256", partner)];

    public static void Assist(string variant, string name, Stop stop)
    {
        if (variant == "64")
        {
            Write<Bytes64>(name, stop);
        }
        else
        {
            Write<Bytes256>(name, stop);
        }
    }

    private static Figure Reads<T>(string size, int processor)
        where T : unmanaged, ISharedLayout<T>, IValue
    {
        using var segment = SharedSegment<T>.Create(ObjectName.Fresh(), new SharedMemoryOptions { UnlinkOnDispose = true });
        using Partner writer = Partner.Start(processor, Name, size, segment.Name);
        var copy = new T[1];
        Figure read = Clock.Mean("race" + size, () =>
        {
            for (int i = 0; i < Batch; i++)
            {
                copy[0] = segment.Read();
            }

            return Batch;
        });
        return read with { Bytes = read.Bytes + writer.Stop() };
    }

    private static void Write<T>(string name, Stop stop)
        where T : unmanaged, ISharedLayout<T>, IValue
    {
        using var segment = SharedSegment<T>.Open(name);
        var value = default(T);
        Partner.Work(stop, () =>
        {
            for (int i = 0; i < Batch; i++)
            {
                value.First++;
                segment.Write(in value);
            }

            return Batch;
        });
    }
}
