using System.Globalization;

namespace Contracts.Ipc.Benchmarks.SharedMemory.Processes;

/// <summary>The process at the other end of an experiment.</summary>
internal sealed class Partner : IDisposable
{
    public const string Role = "assist";
    private const string Ready = "ready";

    private readonly ChildProcess _process;

    private Partner(ChildProcess process) => _process = process;

    /// <summary>Starts it, and waits until it works.</summary>
    public static Partner Start(int processor, string experiment, string variant, string name)
    {
        var partner = new Partner(ChildProcess.Start(processor, new Dictionary<string, string>(), Role, experiment, variant, name));
        return partner._process.Read() is Ready ? partner : throw new InvalidOperationException("The partner did not start.");
    }

    /// <summary>Lets it stop.</summary>
    /// <returns>What it allocated for each operation.</returns>
    public double Stop()
    {
        _process.Write("stop");
        return double.Parse(_process.Read(), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _process.Dispose();

    /// <summary>In the partner: does something again and again until it is told to stop.</summary>
    /// <param name="stop">Says when.</param>
    /// <param name="operation">Does it a few times, and says how often.</param>
    public static void Work(Stop stop, Func<int> operation)
    {
        Console.WriteLine(Ready);
        long count = 0, allocated = 0;
        while (!stop.IsRequested)
        {
            count += operation();

            // What it takes to begin is not counted.
            if (count < WarmUp)
            {
                allocated = GC.GetAllocatedBytesForCurrentThread();
            }
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(((double)allocated / Math.Max(1, count - WarmUp)).ToString(CultureInfo.InvariantCulture));
    }

    private const int WarmUp = 1000;
}
