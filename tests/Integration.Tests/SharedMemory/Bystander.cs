using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>A connection over shared memory beside the ones that a test maltreats. It makes calls all the time.</summary>
/// <remarks>It also counts the library's threads: afterwards there are as many as before.</remarks>
internal sealed class Bystander : IAsyncDisposable
{
    private readonly Pair _pair;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _calling;
    private readonly int _threads;
    private int _calls;

    private Bystander(Pair pair, int threads)
    {
        _pair = pair;
        _threads = threads;
        _calling = Task.Run(CallAsync);
    }

    internal static async Task<Bystander> StartAsync()
    {
        int threads = Threads();
        return new Bystander(await Pair.OpenAsync("shm", new Probe()), threads);
    }

    /// <summary>It has gone on all the time, and goes on.</summary>
    internal async Task AssertUnharmedAsync()
    {
        int before = Volatile.Read(ref _calls);
        Assert.True(Within.Eventually(() => Volatile.Read(ref _calls) > before + 10 || _calling.IsCompleted), "The other connection gets no answers any more.");
        Assert.False(_calling.IsCompleted, _calling.Exception?.ToString());
        await using IpcConnection late = await _pair.ConnectAsync();
        Assert.Equal(77, await late.GetProxy<IProbe>().RunWithoutTokenAsync(77).InTime());
        Assert.True(Within.Eventually(() => Threads() <= _threads), $"{Threads()} threads of the library instead of {_threads}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _calling.InTime();
        _stop.Dispose();
        await _pair.DisposeAsync();
    }

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Count(static task =>
    {
        try
        {
            return File.ReadAllText(task + "/comm").StartsWith("Contracts.Ipc", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });

    private async Task CallAsync()
    {
        IProbe proxy = _pair.Probe;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!_stop.IsCancellationRequested)
        {
            // Not at full speed: the processors are for those who die.
            Assert.Equal(_calls, await proxy.RunWithoutTokenAsync(_calls).InTime());
            _ = Interlocked.Increment(ref _calls);
            _ = await pace.WaitForNextTickAsync();
        }
    }
}
