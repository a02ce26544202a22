using System.Diagnostics;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory;

/// <summary>Tests that count the threads of the process, or switch futex_waitv off for it.</summary>
[CollectionDefinition(nameof(SharedWaits), DisableParallelization = true)]
public sealed class SharedWaits;

[Collection(nameof(SharedWaits))]
public sealed class WordWaitTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MappedMemory _memory = SharedWords.Map(1 << 16);

    public void Dispose()
    {
        FutexVector.IsSupported = true;
        _memory.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public unsafe void A_blocked_wait_ends_when_the_word_changes(bool hasVector)
    {
        FutexVector.IsSupported = hasVector;
        WaitOutcome outcome = default;
        Thread waiter = StartWaiter(() => outcome = WordWait.Block(Word(0), 0, Soon(), default, default));
        SharedWords.AwaitSleeper(Word(0));
        Futex.AddAndWake(Word(0), 3);

        Assert.True(waiter.Join(Patience));
        Assert.Equal(WaitOutcome.Changed, outcome);
        Assert.Equal(3, *Word(0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public unsafe void A_blocked_wait_ends_at_its_deadline(bool hasVector)
    {
        FutexVector.IsSupported = hasVector;
        long started = Stopwatch.GetTimestamp();
        Assert.Equal(WaitOutcome.TimedOut, WordWait.Block(Word(0), 0, WaitTime.Until(TimeSpan.FromMilliseconds(60)), default, default));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 60, 5000);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public unsafe void A_blocked_wait_is_called_away_by_a_token(bool hasVector, bool isClosing)
    {
        FutexVector.IsSupported = hasVector;
        using var source = new CancellationTokenSource();
        WaitOutcome outcome = default;
        Thread waiter = StartWaiter(() => outcome = isClosing
            ? WordWait.Block(Word(0), 0, WaitTime.Never, default, source.Token)
            : WordWait.Block(Word(0), 0, WaitTime.Never, source.Token, default));
        source.Cancel();

        Assert.True(waiter.Join(Patience));
        Assert.Equal(isClosing ? WaitOutcome.Closed : WaitOutcome.Cancelled, outcome);
    }

    [Fact]
    public async Task Hundreds_of_words_are_watched_by_one_thread_for_each_127_of_them()
    {
        const int Words = 300;
        Task<WaitOutcome>[] waits = [.. Enumerable.Range(0, Words).Select(i => Await(i, 0, WaitTime.Never))];
        Assert.InRange(Monitors(), 1, 3);

        foreach (int i in Enumerable.Range(0, Words).Reverse())
        {
            Publish(i);
            Assert.Equal(WaitOutcome.Changed, await waits[i].WaitAsync(Patience));
        }

        Assert.True(SpinWait.SpinUntil(() => Monitors() == 0, Patience), "The monitors stayed although nobody waits.");
    }

    [Fact]
    public async Task Hundreds_of_waits_for_one_word_end_together_on_one_thread()
    {
        Task<WaitOutcome>[] waits = [.. Enumerable.Range(0, 500).Select(_ => Await(0, 0, WaitTime.Never))];
        Assert.Equal(1, Monitors());
        Publish(0);
        Assert.All(await Task.WhenAll(waits).WaitAsync(Patience), static outcome => Assert.Equal(WaitOutcome.Changed, outcome));
    }

    [Fact]
    public async Task Async_waits_end_by_deadline_by_token_and_by_closing_each_by_itself()
    {
        using var cancelled = new CancellationTokenSource();
        using var closing = new CancellationTokenSource();
        Task<WaitOutcome> first = Await(0, 0, WaitTime.Until(TimeSpan.FromMilliseconds(40)));
        Task<WaitOutcome> second = Await(0, 0, WaitTime.Never, cancelled.Token);
        Task<WaitOutcome> third = Await(0, 0, WaitTime.Never, default, closing.Token);
        Task<WaitOutcome> fourth = Await(0, 0, WaitTime.Never);

        Assert.Equal(WaitOutcome.TimedOut, await first.WaitAsync(Patience));
        await cancelled.CancelAsync();
        Assert.Equal(WaitOutcome.Cancelled, await second.WaitAsync(Patience));
        await closing.CancelAsync();
        Assert.Equal(WaitOutcome.Closed, await third.WaitAsync(Patience));
        Assert.False(fourth.IsCompleted);
        Publish(0);
        Assert.Equal(WaitOutcome.Changed, await fourth.WaitAsync(Patience));
    }

    [Fact]
    public async Task Without_futex_waitv_each_async_wait_has_a_thread_and_behaves_alike()
    {
        FutexVector.IsSupported = false;
        using var cancelled = new CancellationTokenSource();
        Task<WaitOutcome> changed = Await(0, 0, WaitTime.Never);
        Task<WaitOutcome> stopped = Await(1, 0, WaitTime.Never, cancelled.Token);
        Publish(0);
        await cancelled.CancelAsync();
        Assert.Equal(WaitOutcome.Changed, await changed.WaitAsync(Patience));
        Assert.Equal(WaitOutcome.Cancelled, await stopped.WaitAsync(Patience));
    }

    [Fact]
    public async Task Memory_stays_mapped_until_the_last_wait_is_over()
    {
        MappedMemory memory = SharedWords.Map(4096);
        using var cancelled = new CancellationTokenSource();
        Task<WaitOutcome> wait = Await(memory, cancelled.Token);
        memory.Dispose();
        Assert.True(IsMapped(memory));

        await cancelled.CancelAsync();
        _ = await wait.WaitAsync(Patience);
        Assert.True(SpinWait.SpinUntil(() => !IsMapped(memory), Patience), "The memory is still mapped.");
    }

    private static unsafe bool IsMapped(MappedMemory memory)
        => File.ReadLines("/proc/self/maps").Any(line => line.StartsWith($"{(nuint)memory.Start:x}-", StringComparison.Ordinal));

    private static int Monitors() => SharedWords.ThreadsNamed("Contracts.Ipc m");

    private static Thread StartWaiter(Action wait)
    {
        var thread = new Thread(() => wait()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static long Soon() => WaitTime.Until(Patience);

    private static unsafe Task<WaitOutcome> Await(MappedMemory memory, CancellationToken token)
        => WordWait.WaitAsync(memory, (int*)memory.Start, 0, WaitTime.Never, token, default);

    private unsafe Task<WaitOutcome> Await(int index, int expected, long deadline, CancellationToken token = default, CancellationToken closing = default)
        => WordWait.WaitAsync(_memory, Word(index), expected, deadline, token, closing);

    private unsafe void Publish(int index) => Futex.AddAndWake(Word(index), 2);

    private unsafe int* Word(int index) => (int*)_memory.Start + index;
}
