using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Threads;

/// <summary>
/// What a steady call allocates, on client and server together, with everything on that is on by default: deadlines, cancellation,
/// bounded queues. Both sides are in this process, so one counter sees them.
/// </summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Calls = 5000;

    /// <summary>
    /// The watchdog, the thread pool and the runtime have lives of their own: so many bytes a call are noise. An object a call would be at
    /// least 24.
    /// </summary>
    private const double Noise = 2;

    [Theory]
    [InlineData("unix")]
    [InlineData("mq")]
    [InlineData("inproc")]
    public async Task A_steady_synchronous_call_allocates_nothing(string transport)
    {
        await using Pair pair = await OpenAsync(transport);
        ILean lean = pair.Client.GetProxy<ILean>();
        double perCall = await MeasureAsync(() => Within.OnThread(() =>
        {
            for (int i = 0; i < Calls; i++)
            {
                _ = lean.Add(i, 1);
            }
        }));
        Report("synchronous", transport, perCall);
        Assert.InRange(perCall, 0, Noise);
    }

    [Theory]
    [InlineData("unix")]
    [InlineData("mq")]
    [InlineData("inproc")]
    public async Task A_steady_ValueTask_call_allocates_nothing(string transport)
    {
        await using Pair pair = await OpenAsync(transport);
        ILean lean = pair.Client.GetProxy<ILean>();
        double perCall = await MeasureAsync(async () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                _ = await lean.AddAsync(i, 1);
            }
        });
        Report("ValueTask", transport, perCall);
        Assert.InRange(perCall, 0, Noise);
    }

    [Theory]
    [InlineData("unix")]
    [InlineData("mq")]
    [InlineData("inproc")]
    public async Task A_steady_call_whose_handler_takes_a_token_allocates_nothing_when_the_caller_has_none(string transport)
    {
        await using Pair pair = await OpenAsync(transport);
        ILean lean = pair.Client.GetProxy<ILean>();
        double perCall = await MeasureAsync(async () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                _ = await lean.AddWithTokenAsync(i, 1);
            }
        });
        Report("ValueTask, handler takes a token", transport, perCall);
        Assert.InRange(perCall, 0, Noise);
    }

    [Theory]
    [InlineData("unix")]
    [InlineData("mq")]
    [InlineData("inproc")]
    public async Task A_cancellable_call_costs_one_token_source_on_the_server_and_nothing_else(string transport)
    {
        // A pooled source would show a kept token the cancellation of a later call; a source of its own is the price of a token that
        // both can fire early and may be kept.
        await using Pair pair = await OpenAsync(transport);
        ILean lean = pair.Client.GetProxy<ILean>();
        using var source = new CancellationTokenSource();
        double perCall = await MeasureAsync(async () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                _ = await lean.AddWithTokenAsync(i, 1, source.Token);
            }
        });
        Report("ValueTask, cancellable caller and handler", transport, perCall);
        long sourceSize = SizeOfTokenSource();
        output.WriteLine($"A CancellationTokenSource takes {sourceSize} bytes.");
        Assert.InRange(perCall, 0, sourceSize + Noise);
    }

    [Fact]
    public async Task A_call_that_could_be_watched_allocates_nothing_while_nobody_watches()
    {
        await using Pair pair = await Pair.OpenAsync("unix", server => server.AddService<ILean>(new Lean()), new IpcServerOptions { AllowMonitoring = true });
        ILean lean = pair.Client.GetProxy<ILean>();
        double perCall = await MeasureAsync(async () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                _ = await lean.AddAsync(i, 1);
            }
        });
        Report("ValueTask, monitoring allowed", "unix", perCall);
        Assert.InRange(perCall, 0, Noise);
    }

    private static Task<Pair> OpenAsync(string transport) => Pair.OpenAsync(transport, server => server.AddService<ILean>(new Lean()));

    /// <returns>Bytes per call in the quietest of several runs, after warming up.</returns>
    private static async Task<double> MeasureAsync(Func<Task> run)
    {
        await run().InTime();
        double best = double.MaxValue;
        for (int i = 0; i < 4; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await Task.Run(run).InTime();
            best = Math.Min(best, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Calls);
        }

        return best;
    }

    private static long SizeOfTokenSource()
    {
        var kept = new CancellationTokenSource[100];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = new CancellationTokenSource();
        }

        long size = (GC.GetAllocatedBytesForCurrentThread() - before) / kept.Length;
        GC.KeepAlive(kept);
        return size;
    }

    private void Report(string what, string transport, double perCall) => output.WriteLine($"{what} over {transport}: {perCall:0.00} bytes per call");
}
