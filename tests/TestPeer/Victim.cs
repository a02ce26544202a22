using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Contracts;

namespace Contracts.Ipc.TestPeer;

/// <summary>
/// A client whose server rewrites the memory that they share. However a connection ends, it ends soon and with an error of the library's; then comes the next.
/// What is neither ends the process with an exit code.
/// </summary>
internal static class Victim
{
    private const int RingCapacity = 128 * 1024;

    /// <summary>The header, and a ring in each direction.</summary>
    internal const int SegmentLength = 4096 + (2 * RingCapacity);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    internal static async Task<int> WithstandAsync(IpcEndpoint endpoint, TimeSpan time)
    {
        GuardedHoles.Make(SegmentLength);
        var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int connections = 0;
        int answers = 0;
        int late = 0;
        int guarded = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            Task<string> attempt = Task.Run(AttemptAsync);
            if (await Task.WhenAny(attempt, Task.Delay(Patience)) != attempt)
            {
                Console.WriteLine($"hangs after {connections} connections");
                return 7;
            }

            string end = await attempt;
            ends[end] = ends.GetValueOrDefault(end) + 1;
        }

        Console.WriteLine($"connections={connections} guarded={guarded} answers={answers} deadlines={late} {string.Join(' ', ends.Select(static end => $"{end.Key}={end.Value}"))}");
        return 0;

        async Task<string> AttemptAsync()
        {
            IpcConnection connection;
            try
            {
                connection = await IpcConnection.ConnectAsync(endpoint, new IpcConnectionOptions
                {
                    RingCapacity = RingCapacity,
                    HandshakeTimeout = TimeSpan.FromMilliseconds(100),
                    StallTimeout = TimeSpan.FromMilliseconds(200),
                });
            }
            catch (IpcException refused)
            {
                return "refused:" + refused.GetType().Name;
            }

            connections++;
            guarded += GuardedHoles.Count() is { All: 1, Guarded: 1 } ? 1 : 0;
            await using (connection)
            {
                IPeer peer = IpcCallOptions.With(connection.GetProxy<IPeer>(), new IpcCallOptions { Timeout = TimeSpan.FromMilliseconds(40) });
                byte[] bytes = new byte[3000];
                for (int i = 0; i < 400 && connection.IsOpen; i++)
                {
                    try
                    {
                        // What comes back may be wrong: the content is the peer's. It must come, or fail, as documented.
                        _ = (i % 4) switch
                        {
                            0 => await peer.EchoAsync(i),
                            1 => peer.Block(i),
                            2 => await peer.TakeAsync(bytes),
                            _ => await peer.CancelledAsync(),
                        };
                        answers++;
                    }
                    catch (TimeoutException)
                    {
                        if (++late % 3 == 0)
                        {
                            break;
                        }
                    }
                    catch (IpcException)
                    {
                    }
                }

                if (connection.IsOpen)
                {
                    return "open";
                }
            }

            IpcCloseReason reason = await connection.Closed;
            return $"{reason.Kind}:{reason.Exception?.GetType().Name}";
        }
    }
}
