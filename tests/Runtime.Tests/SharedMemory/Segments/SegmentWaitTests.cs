using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory.Segments;

[SupportedOSPlatform("linux")]
public sealed class SegmentWaitTests : SharedMemoryTest
{
    [Fact]
    public void A_change_that_is_there_already_is_not_waited_for()
    {
        using SharedSegment<Sample> segment = New();
        segment.Write(Sample.Of(1));
        Assert.True(segment.WaitForChange(0, TimeSpan.Zero));
        Assert.True(segment.WaitForChangeAsync(0, TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task Without_a_change_the_wait_ends_with_its_time_or_its_token()
    {
        using SharedSegment<Sample> segment = New();
        Assert.False(segment.WaitForChange(0, TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.False(segment.WaitForChange(0, TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken));
        using var cancel = new CancellationTokenSource();
        Task<long> waiting = segment.WaitForChangeAsync(0, cancel.Token);
        Assert.False(waiting.IsCompleted);
        await cancel.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
        _ = Assert.Throws<OperationCanceledException>(() => segment.WaitForChange(0, Patience, cancel.Token));
    }

    [Theory]
    [MemberData(nameof(Backings))]
    public async Task Sleepers_of_every_kind_are_woken_by_each_change(SharedMemoryBacking backing)
    {
        string name = NewName();
        using var writer = SharedSegment<Sample>.Create(name, new() { Backing = backing, UnlinkOnDispose = true });
        using var opened = SharedSegment<Sample>.Open(name, new() { Backing = backing });
        using var reader = SharedSegment<Sample>.OpenReadOnly(name, new() { Backing = backing });
        const int rounds = 200;
        using var round = new Barrier(5);
        Task[] sleepers =
        [
            .. new[] { writer, opened, reader }.Select(segment => OnThread(() =>
            {
                for (long seen = 0; seen < rounds;)
                {
                    Assert.True(round.SignalAndWait(Patience));
                    Assert.True(segment.WaitForChange(seen, Patience));
                    Assert.True(segment.Read(out seen).IsWhole);
                }
            })),
            OnThread(() =>
            {
                for (long seen = 0; seen < rounds;)
                {
                    Assert.True(round.SignalAndWait(Patience));
                    seen = reader.WaitForChangeAsync(seen).WaitAsync(Patience).GetAwaiter().GetResult();
                }
            }),
        ];
        for (int i = 1; i <= rounds; i++)
        {
            Assert.True(round.SignalAndWait(Patience));
            opened.Write(Sample.Of(i));
        }

        await Task.WhenAll(sleepers).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    // The writer cannot know when the others are asleep, so over many rounds it hits every point of their falling asleep.
    [Fact]
    public async Task No_wake_is_lost_between_two_who_answer_each_other()
    {
        string name = NewName();
        using var first = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        using var second = SharedSegment<Sample>.Open(name);
        const int rounds = 20_000;
        Task answering = OnThread(() => Converse(second, 1, rounds));
        Task asking = OnThread(() => Converse(first, 0, rounds));
        await Task.WhenAll(asking, answering).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(2 * rounds, first.Version);
    }

    [Fact]
    public async Task A_reader_whose_name_was_taken_away_is_woken_by_looking()
    {
        string name = NewName();
        using var writer = SharedSegment<Sample>.Create(name);
        using var reader = SharedSegment<Sample>.OpenReadOnly(name);
        _ = SharedSegment<Sample>.Unlink(name);
        Task<bool> waiting = OnThread(() => reader.WaitForChange(0, Patience));
        Task<long> alsoWaiting = reader.WaitForChangeAsync(0, TestContext.Current.CancellationToken);
        writer.Write(Sample.Of(1));
        Assert.True(await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(1, await alsoWaiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Disposing_ends_the_waits_of_this_object()
    {
        string name = NewName();
        using var other = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        var segment = SharedSegment<Sample>.OpenReadOnly(name);
        Task asynchronous = segment.WaitForChangeAsync(0, TestContext.Current.CancellationToken);
        using var begun = new ManualResetEventSlim();
        Task synchronous = OnThread(() =>
        {
            begun.Set();
            return segment.WaitForChange(0, Patience);
        });
        begun.Wait(Patience, TestContext.Current.CancellationToken);
        segment.Dispose();
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => asynchronous.WaitAsync(Patience));
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => synchronous.WaitAsync(Patience));
    }

    private static void Converse(SharedSegment<Sample> segment, int turn, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            for (long seen = segment.Version; seen != (2 * i) + turn; seen = segment.Version)
            {
                Assert.True(segment.WaitForChange(seen, Patience));
            }

            segment.Update(static (ref Sample sample) => sample = Sample.Of(sample.Number + 1));
        }
    }

    private SharedSegment<Sample> New() => SharedSegment<Sample>.Create(NewName(), new() { UnlinkOnDispose = true });

    private static Task OnThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Task<T> OnThread<T>(Func<T> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
