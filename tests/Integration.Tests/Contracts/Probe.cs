namespace Contracts.Ipc.Integration.Tests.Contracts;

/// <summary>A probe whose handlers are lambdas. Unset ones return what they got.</summary>
public sealed class Probe : IProbe
{
    /// <summary>Every method with a result.</summary>
    public Func<int, CancellationToken, ValueTask<int>> OnRun { get; set; } = static (value, _) => new(value);

    public Func<byte[], CancellationToken, ValueTask<byte[]>> OnBytes { get; set; } = static (bytes, _) => new(bytes);

    /// <summary>Every method without a result, one-way ones included.</summary>
    public Action<int> OnSend { get; set; } = static _ => { };

    public int Run(int value) => OnRun(value, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public void RunVoid(int value) => OnSend(value);

    public async Task<int> RunTaskAsync(int value, CancellationToken cancellationToken = default) => await OnRun(value, cancellationToken);

    public Task RunPlainTaskAsync(int value)
    {
        OnSend(value);
        return Task.CompletedTask;
    }

    public ValueTask<int> RunAsync(int value, CancellationToken cancellationToken = default) => OnRun(value, cancellationToken);

    public ValueTask RunPlainAsync(int value)
    {
        OnSend(value);
        return default;
    }

    public ValueTask<int> RunWithoutTokenAsync(int value) => OnRun(value, CancellationToken.None);

    public ValueTask<byte[]> RunBytesAsync(byte[] bytes, CancellationToken cancellationToken = default) => OnBytes(bytes, cancellationToken);

    public ValueTask<int> RunBrieflyAsync(int value, CancellationToken cancellationToken = default) => OnRun(value, cancellationToken);

    public void Send(int value) => OnSend(value);

    public ValueTask SendAsync(int value, CancellationToken cancellationToken = default)
    {
        OnSend(value);
        return default;
    }

    public ValueTask SendBytesAsync(byte[] bytes, CancellationToken cancellationToken = default)
    {
        OnSend(bytes.Length);
        return default;
    }
}
