namespace Contracts.Ipc.Benchmarks.SharedMemory.Processes;

/// <summary>Set when the process that started this one says a word, or ends.</summary>
internal sealed class Stop
{
    private volatile bool _isRequested;

    public Stop() => new Thread(() =>
    {
        _ = Console.In.ReadLine();
        _isRequested = true;
    })
    { IsBackground = true }.Start();

    public bool IsRequested => _isRequested;
}
