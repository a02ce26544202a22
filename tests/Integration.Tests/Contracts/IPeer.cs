namespace Contracts.Ipc.Integration.Tests.Contracts;

/// <summary>What the peer process offers, and what it calls on the test.</summary>
[IpcService(Name = "tests.peer")]
public partial interface IPeer
{
    ValueTask<int> EchoAsync(int value);

    /// <summary>Ends only when its token fires.</summary>
    ValueTask<int> HangAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends only when its token fires, and then does what <see cref="Release"/> does.</summary>
    ValueTask<int> HangAndReleaseAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps its thread until <see cref="Release"/>.</summary>
    int Block(int value);

    void Release();

    /// <summary>How many handlers are in <see cref="Block"/>.</summary>
    ValueTask<int> BlockedAsync();

    /// <summary>How many tokens of <see cref="HangAsync"/> have fired.</summary>
    ValueTask<int> CancelledAsync();

    /// <summary>How many calls of <see cref="EchoAsync"/> were executed. More urgent than they.</summary>
    [IpcMethod(Priority = 7)]
    ValueTask<int> EchoedAsync();

    ValueTask<byte[]> LargeAsync(int length);

    ValueTask<int> TakeAsync(byte[] bytes);

    ValueTask<int> SleepAsync(int milliseconds);
}

public sealed class Peer : IPeer, IDisposable
{
    private readonly ManualResetEventSlim _released = new();
    private int _blocked;
    private int _cancelled;
    private int _echoed;

    public ValueTask<int> EchoAsync(int value)
    {
        _ = Interlocked.Increment(ref _echoed);
        return new(value);
    }

    public ValueTask<int> EchoedAsync() => new(Volatile.Read(ref _echoed));

    public async ValueTask<int> HangAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = Interlocked.Increment(ref _cancelled);
        }

        return 0;
    }

    public async ValueTask<int> HangAndReleaseAsync(CancellationToken cancellationToken = default)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(Release);
        return await HangAsync(cancellationToken).ConfigureAwait(false);
    }

    public int Block(int value)
    {
        _ = Interlocked.Increment(ref _blocked);
        _released.Wait();
        return value;
    }

    public void Release() => _released.Set();

    public ValueTask<int> BlockedAsync() => new(Volatile.Read(ref _blocked));

    public ValueTask<int> CancelledAsync() => new(Volatile.Read(ref _cancelled));

    public ValueTask<byte[]> LargeAsync(int length) => new(new byte[length]);

    public ValueTask<int> TakeAsync(byte[] bytes) => new(bytes.Length);

    public async ValueTask<int> SleepAsync(int milliseconds)
    {
        await Task.Delay(milliseconds).ConfigureAwait(false);
        return milliseconds;
    }

    public void Dispose() => _released.Dispose();
}
