using System.Runtime.Versioning;
using Contracts.Ipc.Runtime.Tests.Serialization;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory;

/// <summary>What the queues of the tests carry.</summary>
[SharedLayout]
internal partial struct Parcel
{
    public int Sender;
    public int Number;
    public long Check;

    public static Parcel Of(int sender, int number) => new() { Sender = sender, Number = number, Check = Seal(sender, number) };

    public readonly bool IsIntact => Check == Seal(Sender, Number);

    private static long Seal(int sender, int number) => ((long)sender << 40) ^ (number * 0x9E37_79B9L);
}

/// <summary>As long as a parcel, and something else.</summary>
[SharedLayout]
internal partial struct Letter
{
    public double Sender;
    public long Check;
}

[Collection(nameof(SharedWaits))]
[SupportedOSPlatform("linux")]
public sealed class SharedQueueTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _name = SharedName.Next("queue");

    public void Dispose() => _ = SharedQueue<Parcel>.Unlink(_name);

    [Fact]
    public void Items_come_out_in_their_order_and_no_more_fit_than_the_capacity_says()
    {
        using SharedQueue<Parcel> one = SharedQueue<Parcel>.Create(_name, capacity: 5);
        using SharedQueue<Parcel> two = SharedQueue<Parcel>.Open(_name);
        for (int round = 0; round < 20; round++)
        {
            for (int i = 0; i < 5; i++)
            {
                Assert.True(one.TryEnqueue(Parcel.Of(round, i)));
            }

            Assert.False(one.TryEnqueue(Parcel.Of(round, 5)));
            Assert.Equal(5, two.Count);
            for (int i = 0; i < 5; i++)
            {
                Assert.True(two.TryDequeue(out Parcel parcel));
                Assert.Equal((round, i, true), (parcel.Sender, parcel.Number, parcel.IsIntact));
            }

            Assert.False(two.TryDequeue(out _));
        }
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(-4)]
    public unsafe void Positions_start_again_after_two_thousand_million_items(int start)
    {
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 4);
        SharedWords.Edit(_name, words =>
        {
            words[256 / 4] = start * 2;
            words[384 / 4] = start * 2;
            words[260 / 4] = start & int.MaxValue;
            words[388 / 4] = start & int.MaxValue;
        });
        for (int i = 0; i < 20; i += 2)
        {
            Assert.True(queue.TryEnqueue(Parcel.Of(1, i)));
            Assert.True(queue.TryEnqueue(Parcel.Of(1, i + 1)));
            Assert.Equal(2, queue.Count);
            Assert.Equal(i, queue.Dequeue(TimeSpan.Zero).Number);
            Assert.Equal(i + 1, queue.Dequeue(TimeSpan.Zero).Number);
            Assert.False(queue.TryDequeue(out _));
        }
    }

    [Fact]
    public void Random_batches_come_out_as_they_went_in()
    {
        ulong seed = TestSeed.Next(output);
        var random = new Random((int)seed);
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 2500);
        int written = 0;
        int read = 0;
        for (int round = 0; round < 2000; round++)
        {
            Parcel[] parcels = [.. Enumerable.Range(written, random.Next(0, 2000)).Select(static number => Parcel.Of(7, number))];
            int added = queue.TryEnqueueRange(parcels);
            Assert.Equal(Math.Min(parcels.Length, 2500 - (written - read)), added);
            written += added;

            Span<Parcel> taken = new Parcel[random.Next(0, 2000)];
            int came = queue.TryDequeueRange(taken);
            Assert.Equal(Math.Min(taken.Length, written - read), came);
            foreach (Parcel parcel in taken[..came])
            {
                Assert.Equal(read++, parcel.Number);
                Assert.True(parcel.IsIntact);
            }
        }
    }

    [Fact]
    public void A_queue_that_rejects_says_so_at_once()
    {
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 1, SharedQueueFullMode.Reject);
        Assert.True(queue.TryEnqueue(default));
        Assert.False(queue.TryEnqueue(default, Timeout.InfiniteTimeSpan));
        SharedMemoryException error = Assert.Throws<SharedMemoryException>(() => queue.Enqueue(default, Timeout.InfiniteTimeSpan));
        Assert.Equal(IpcErrorCode.ResourceExhausted, error.Code);
    }

    [Fact]
    public void A_queue_that_drops_keeps_the_newest_items_and_counts_the_others()
    {
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 3, SharedQueueFullMode.DropOldest);
        for (int i = 0; i < 10; i++)
        {
            Assert.True(queue.TryEnqueue(Parcel.Of(1, i)));
        }

        Assert.Equal(7, queue.DroppedCount);
        Assert.Equal(2, queue.TryEnqueueRange([Parcel.Of(1, 10), Parcel.Of(1, 11)]));
        Assert.Equal([9, 10, 11], Drain(queue).Select(static parcel => parcel.Number));
        Assert.Equal(9, queue.DroppedCount);
    }

    [Fact]
    public void Whoever_comes_with_another_struct_learns_which_field_differs()
    {
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 3);
        SharedLayoutMismatchException error = Assert.Throws<SharedLayoutMismatchException>(() => SharedQueue<Letter>.Open(_name));
        Assert.Equal("Sender", error.Expected?.Path);
        _ = Assert.Throws<SharedMemoryException>(() => SharedQueue<Parcel>.OpenOrCreate(_name, capacity: 4));
        _ = Assert.Throws<SharedMemoryException>(() => SharedQueue<Parcel>.OpenOrCreate(_name, capacity: 3, SharedQueueFullMode.Reject));
    }

    [Fact]
    public void Waiting_for_an_item_or_for_room_ends_with_the_timeout()
    {
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 1);
        Assert.False(queue.TryDequeue(out _, TimeSpan.FromMilliseconds(20)));
        _ = Assert.Throws<TimeoutException>(() => queue.Dequeue(TimeSpan.FromMilliseconds(20)));
        queue.Enqueue(default, TimeSpan.FromMilliseconds(20));
        _ = Assert.Throws<TimeoutException>(() => queue.Enqueue(default, TimeSpan.FromMilliseconds(20)));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 3, 4)]
    [InlineData(2, 4, 1024)]
    public async Task Blocking_producers_and_consumers_pass_on_every_item_once_and_in_order(int producers, int consumers, int capacity)
    {
        const int Items = 12_000;
        using SharedQueue<Parcel> one = SharedQueue<Parcel>.Create(_name, capacity);
        using SharedQueue<Parcel> two = SharedQueue<Parcel>.Open(_name);
        Task[] producing = [.. Enumerable.Range(0, producers).Select(sender => OnThreads.Run(() =>
        {
            for (int i = 0; i < Items / producers; i++)
            {
                one.Enqueue(Parcel.Of(sender, i), OnThreads.Patience);
            }
        }))];
        Task<List<Parcel>>[] consuming = [.. Enumerable.Range(0, consumers).Select(_ => OnThreads.Run(() => Take(two, Items / consumers)))];
        await Task.WhenAll(producing).InTime();
        AssertComplete(await Task.WhenAll(consuming).InTime(), producers, Items / producers);
    }

    [Fact]
    public async Task Async_producers_and_consumers_pass_on_every_item_once_and_in_order()
    {
        const int Items = 3000;
        using SharedQueue<Parcel> one = SharedQueue<Parcel>.Create(_name, capacity: 8);
        using SharedQueue<Parcel> two = SharedQueue<Parcel>.Open(_name);
        using var patience = new CancellationTokenSource(OnThreads.Patience);
        Task[] producing = [.. Enumerable.Range(0, 3).Select(ProduceAsync)];
        Task<List<Parcel>>[] consuming = [.. Enumerable.Range(0, 3).Select(_ => ConsumeAsync())];
        await Task.WhenAll(producing).InTime();
        AssertComplete(await Task.WhenAll(consuming).InTime(), 3, Items);

        async Task ProduceAsync(int sender)
        {
            for (int i = 0; i < Items; i++)
            {
                await one.EnqueueAsync(Parcel.Of(sender, i), patience.Token);
            }
        }

        async Task<List<Parcel>> ConsumeAsync()
        {
            var taken = new List<Parcel>();
            while (taken.Count < Items)
            {
                taken.Add(await two.DequeueAsync(patience.Token));
            }

            return taken;
        }
    }

    [Fact]
    public async Task Cancelling_an_async_wait_loses_no_item()
    {
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 64);
        for (int round = 0; round < 300; round++)
        {
            using var source = new CancellationTokenSource();
            Task<Parcel> wait = queue.DequeueAsync(source.Token).AsTask();
            Task cancel = source.CancelAsync();
            Assert.True(queue.TryEnqueue(Parcel.Of(1, round)));
            await cancel;
            int came = 0;
            try
            {
                Assert.Equal(round, (await wait.InTime()).Number);
                came++;
            }
            catch (OperationCanceledException)
            {
            }

            Assert.Equal(1, came + Drain(queue).Count);
        }
    }

    [Fact]
    public async Task Disposing_calls_waiters_away_and_keeps_the_items()
    {
        SharedQueue<Parcel> one = SharedQueue<Parcel>.Create(_name, capacity: 1);
        using SharedQueue<Parcel> two = SharedQueue<Parcel>.Open(_name);
        Task blocked = OnThreads.Run(() => one.Dequeue(Timeout.InfiniteTimeSpan));
        Task<Parcel> pending = one.DequeueAsync(default).AsTask();
        one.Dispose();
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => blocked.InTime());
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => pending.InTime());
        Assert.True(two.TryEnqueue(default));
        Assert.Equal(1, two.Count);
    }

    [Fact]
    public void Nothing_is_allocated_while_there_are_room_and_items()
    {
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 4);
        Assert.Equal(0, OnThreads.AllocatedBy(() =>
        {
            queue.Enqueue(default, OnThreads.Patience);
            _ = queue.Dequeue(OnThreads.Patience);
            _ = OnThreads.Now(queue.TryEnqueueAsync(default, OnThreads.Patience));
            _ = OnThreads.Now(queue.DequeueAsync(default));
        }));
    }

    private static List<Parcel> Take(SharedQueue<Parcel> queue, int count)
    {
        var taken = new List<Parcel>(count);
        while (taken.Count < count)
        {
            taken.Add(queue.Dequeue(OnThreads.Patience));
        }

        return taken;
    }

    private static List<Parcel> Drain(SharedQueue<Parcel> queue)
    {
        var taken = new List<Parcel>();
        while (queue.TryDequeue(out Parcel parcel))
        {
            taken.Add(parcel);
        }

        return taken;
    }

    // Each consumer sees the items of each producer in their order; together they saw every item once.
    private static void AssertComplete(List<Parcel>[] consumers, int producers, int each)
    {
        foreach (List<Parcel> taken in consumers)
        {
            Assert.All(taken, static parcel => Assert.True(parcel.IsIntact));
            Assert.All(taken.GroupBy(static parcel => parcel.Sender), static of => Assert.Equal(of.Order(Comparer<Parcel>.Create(static (a, b) => a.Number.CompareTo(b.Number))), of));
        }

        Assert.Equal(
            Enumerable.Range(0, producers).SelectMany(sender => Enumerable.Range(0, each).Select(number => (sender, number))),
            consumers.SelectMany(static taken => taken).Select(static parcel => (parcel.Sender, parcel.Number)).Order());
    }
}
