namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>What became of many calls.</summary>
internal sealed record LoadReport(int Answered, int NotSent, int Lost);

/// <summary>Callers that call one after the other until the connection takes no more calls.</summary>
internal static class Load
{
    private const int Callers = 16;
    private const int CallsBeforeEnd = 500;

    /// <param name="connection">Over which they call.</param>
    /// <param name="method">What they call: it answers what it gets.</param>
    /// <param name="end">Has the peer end, when the load is under way.</param>
    internal static async Task<LoadReport> UntilClosedAsync(IpcConnection connection, Func<IpcConnection, Func<int, ValueTask<int>>> method, Action end)
    {
        int answered = 0;
        int notSent = 0;
        int lost = 0;
        Func<int, ValueTask<int>> call = method(connection);
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync))];
        Assert.True(Within.Eventually(() => Volatile.Read(ref answered) > CallsBeforeEnd));
        end();
        await Task.WhenAll(callers).InTime();
        return new LoadReport(answered, notSent, lost);

        async Task CallAsync()
        {
            while (true)
            {
                try
                {
                    Assert.Equal(1, await call(1));
                    _ = Interlocked.Increment(ref answered);
                }
                catch (IpcConnectionException closed)
                {
                    _ = Interlocked.Increment(ref closed.Delivery == IpcDelivery.NotSent ? ref notSent : ref lost);
                    return;
                }
            }
        }
    }
}
