using System.Globalization;
using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;
using Peers;

namespace Contracts.Ipc.Interop.Tests.SharedMemory;

/// <summary>One queue, two languages.</summary>
[SupportedOSPlatform("linux")]
public sealed class QueuePeerTests(CCompiler compiler, ITestOutputHelper output) : IClassFixture<CCompiler>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _name = $"test-{Guid.NewGuid():N}";

    private string Second => _name + "-2";

    public void Dispose()
    {
        _ = SharedQueue<Sample>.Unlink(_name);
        _ = SharedQueue<Sample>.Unlink(Second);
        Assert.Empty(Directory.GetFiles("/dev/shm", $"*{_name}*"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void What_NET_enqueues_C_dequeues_in_order(int capacity)
    {
        const int count = 20_000;
        using SharedQueue<Sample> queue = SharedQueue<Sample>.Create(_name, capacity);
        using CPeer consumer = Start("consume", count);
        Assert.Equal("ready", consumer.ReadLine());
        for (int i = 0; i < count; i++)
        {
            queue.Enqueue(Sample.Of(i), Patience);
        }

        Assert.Equal(0, consumer.Exit());
        Assert.Equal(0, queue.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void What_C_enqueues_NET_dequeues_in_order(int capacity)
    {
        const int count = 20_000;
        using SharedQueue<Sample> queue = SharedQueue<Sample>.Create(_name, capacity);
        using CPeer producer = Start("produce", count);
        Assert.Equal("ready", producer.ReadLine());
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(Sample.Of(i), queue.Dequeue(Patience));
        }

        Assert.Equal(0, producer.Exit());
    }

    [Theory]
    [InlineData(SharedQueueFullMode.Wait, "-11 -110 0")]
    [InlineData(SharedQueueFullMode.Reject, "-11 -11 0")]
    [InlineData(SharedQueueFullMode.DropOldest, "0 0 2")]
    public void C_behaves_as_the_maker_of_the_queue_decided_when_it_is_full(SharedQueueFullMode mode, string expected)
    {
        using SharedQueue<Sample> queue = SharedQueue<Sample>.Create(_name, capacity: 2, mode);
        Assert.Equal(2, queue.TryEnqueueRange([Sample.Of(1), Sample.Of(2)]));
        using CPeer peer = Start("limits", "-");
        Assert.Equal(expected, peer.ReadLine());
        Assert.Equal(mode == SharedQueueFullMode.DropOldest ? 2 : 0, queue.DroppedCount);
        Assert.Equal(mode == SharedQueueFullMode.DropOldest ? 7 : 1, queue.Dequeue(TimeSpan.Zero).Number);
    }

    // C processes start in a millisecond, so many of them can die.
    [Fact]
    public void A_hundred_C_processes_killed_at_random_lose_one_item_each_at_most()
    {
        const int kills = 100;
        int seed = int.Parse(Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") ?? Environment.TickCount.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        output.WriteLine($"Seed {seed}. Repeat with CONTRACTS_TEST_SEED={seed}.");
        var random = new Random(seed);
        using SharedQueue<Sample> there = SharedQueue<Sample>.Create(_name, capacity: 8);
        using SharedQueue<Sample> back = SharedQueue<Sample>.Create(Second, capacity: 8);
        bool isEnding = false;
        int sent = 0;
        var sender = new Thread(() =>
        {
            while (!Volatile.Read(ref isEnding))
            {
                sent += there.TryEnqueue(Sample.Of(sent), TimeSpan.FromMilliseconds(5)) ? 1 : 0;
            }
        });
        sender.Start();
        HashSet<long> came = [];
        CPeer[] forwarders = [Forward(), Forward()];
        try
        {
            for (int i = 0; i < kills; i++)
            {
                for (int take = random.Next(100); take >= 0; take--)
                {
                    Take(back.Dequeue(Patience));
                }

                Thread.SpinWait(random.Next(3000));
                int victim = random.Next(forwarders.Length);
                forwarders[victim].Dispose();
                for (int take = 0; take < 12; take++)
                {
                    Take(back.Dequeue(Patience));
                }

                forwarders[victim] = Forward();
            }

            Volatile.Write(ref isEnding, true);
            Assert.True(sender.Join(Patience));
            while (there.Count > 0 || back.Count > 0)
            {
                Take(back.Dequeue(Patience));
            }

            while (back.TryDequeue(out Sample sample, TimeSpan.FromMilliseconds(200)))
            {
                Take(sample);
            }
        }
        finally
        {
            Volatile.Write(ref isEnding, true);
            Array.ForEach(forwarders, static forwarder => forwarder.Dispose());
        }

        output.WriteLine($"{sent} items sent, {sent - came.Count} lost in {kills} kills.");
        Assert.InRange(sent - came.Count, 0, kills);

        void Take(Sample sample)
        {
            Assert.True(sample.IsWhole);
            Assert.True(came.Add(sample.Number), $"Item {sample.Number} came twice.");
        }

        CPeer Forward()
        {
            CPeer forwarder = Start("forward", Second);
            Assert.Equal("forwarding", forwarder.ReadLine());
            return forwarder;
        }
    }

    [Fact]
    public void C_refuses_a_queue_of_another_struct()
    {
        using SharedQueue<Other> queue = SharedQueue<Other>.Create(_name, capacity: 2);
        using CPeer peer = Start("consume", 1);
        Assert.Equal("the object was made for another struct", peer.ReadLine());
        Assert.Equal(2, peer.Exit());
    }

    [Fact]
    public void A_mutex_whose_holder_in_C_is_killed_is_reported_to_NET()
    {
        using SharedMutex mutex = SharedMutex.Create(_name);
        using CPeer holder = Start("mutex", "-");
        Assert.Equal("holding", holder.ReadLine());
        Assert.False(mutex.TryLock(out _));
        holder.Kill();
        using SharedMutexGuard guard = mutex.Lock(Patience);
        Assert.True(guard.WasAbandoned);
    }

    private CPeer Start(string command, object argument) => new(compiler.Compile("queue_peer.c"), command, _name, string.Create(CultureInfo.InvariantCulture, $"{argument}"));
}
