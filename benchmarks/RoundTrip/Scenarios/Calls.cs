using System.Net.Sockets;
using Contracts.Ipc.Benchmarks.RoundTrip.Contract;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;
using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

/// <summary>The calls that scenarios are made of.</summary>
internal static class Calls
{
    public static Workload Blocking(Action<IBenchmark> call, TimeSpan pause = default)
        => new BlockingCalls(
            async peer =>
            {
                IBenchmark benchmark = await peer.ConnectAsync().ConfigureAwait(false);
                return () => call(benchmark);
            },
            pause);

    public static Workload Awaiting<T>(Func<IBenchmark, ValueTask<T>> call, TimeSpan pause = default)
        => new AsyncCalls<T>(Bind(call), pause);

    public static Workload Concurrent<T>(int callers, Func<IBenchmark, ValueTask<T>> call) => new ConcurrentCalls<T>(callers, Bind(call));

    public static Workload BlockingSocket(int length, TimeSpan pause = default)
        => new BlockingCalls(
            peer =>
            {
                Socket socket = peer.ConnectSocket();
                var message = new byte[length];
                return Task.FromResult<Action>(() =>
                {
                    socket.SendAll(message);
                    _ = socket.TryReceiveAll(message);
                });
            },
            pause);

    /// <summary>Receives every answer into an array of its own.</summary>
    public static Workload BlockingSocketWithFreshArrays(int length)
        => new BlockingCalls(peer =>
        {
            Socket socket = peer.ConnectSocket();
            var message = new byte[length];
            return Task.FromResult<Action>(() =>
            {
                socket.SendAll(message);
                _ = socket.TryReceiveAll(GC.AllocateUninitializedArray<byte>(length));
            });
        });

    public static Workload AwaitingSocket(int length, TimeSpan pause = default)
        => new AsyncCalls<bool>(
            peer =>
            {
                Socket socket = peer.ConnectSocket();
                var message = new byte[length];
                return Task.FromResult<Func<ValueTask<bool>>>(async () =>
                {
                    await socket.SendAllAsync(message).ConfigureAwait(false);
                    return await socket.TryReceiveAllAsync(message).ConfigureAwait(false);
                });
            },
            pause);

    private static Func<Peer, Task<Func<ValueTask<T>>>> Bind<T>(Func<IBenchmark, ValueTask<T>> call)
        => async peer =>
        {
            IBenchmark benchmark = await peer.ConnectAsync().ConfigureAwait(false);
            return () => call(benchmark);
        };
}
