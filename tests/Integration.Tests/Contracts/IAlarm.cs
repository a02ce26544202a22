namespace Contracts.Ipc.Integration.Tests.Contracts;

/// <summary>A contract that fits into signals.</summary>
[IpcService(Name = "tests.alarm", Signals = true)]
public partial interface IAlarm
{
    [OneWay]
    void Ring();

    [OneWay]
    ValueTask SnoozeAsync(CancellationToken cancellationToken = default);

    [OneWay]
    Task StopAsync();
}

/// <summary>Counts what arrives.</summary>
public sealed class Alarm : IAlarm
{
    private int _rings;
    private int _snoozes;
    private int _stops;

    public (int Rings, int Snoozes, int Stops) Counts => (Volatile.Read(ref _rings), Volatile.Read(ref _snoozes), Volatile.Read(ref _stops));

    public void Ring() => Interlocked.Increment(ref _rings);

    public ValueTask SnoozeAsync(CancellationToken cancellationToken = default)
    {
        _ = Interlocked.Increment(ref _snoozes);
        return default;
    }

    public Task StopAsync()
    {
        _ = Interlocked.Increment(ref _stops);
        return Task.CompletedTask;
    }
}
