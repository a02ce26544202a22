using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>Queues between processes that are stopped and killed.</summary>
[SupportedOSPlatform("linux")]
public sealed class QueueProcessTests(ITestOutputHelper output) : IDisposable
{
    private const string Producers = "128";
    private const string Consumers = "512";

    private readonly string _name = $"test-{Guid.NewGuid():N}";

    private string Second => _name + "-2";

    public void Dispose()
    {
        _ = SharedQueue<Parcel>.Unlink(_name);
        _ = SharedQueue<Parcel>.Unlink(Second);
        Assert.Empty(Directory.GetFiles("/dev/shm", $"*{_name}*"));
    }

    [Fact]
    public async Task Four_producers_and_four_consumers_in_eight_processes_pass_on_every_item_once_and_in_order()
    {
        const int Each = 5000;
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 64);
        List<PeerProcess> peers = [];
        try
        {
            for (int i = 0; i < 4; i++)
            {
                peers.Add(await StartAsync("consume", $"{Each}", "consuming"));
            }

            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < 4; i++)
            {
                peers.Add(await StartAsync("produce", $"{i}:{Each}", "producing"));
            }

            List<(int Sender, int Number)> all = [];
            foreach (PeerProcess consumer in peers[..4])
            {
                (int Sender, int Number)[] got = [.. (await consumer.ReadLineAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
                Assert.All(got.GroupBy(static item => item.Sender), static of => Assert.Equal(of.Order(), of));
                all.AddRange(got);
            }

            output.WriteLine($"{all.Count} items in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms, start of processes included.");
            Assert.Equal(Enumerable.Range(0, 4).SelectMany(static sender => Enumerable.Range(0, Each).Select(number => (sender, number))), all.Order());
        }
        finally
        {
            foreach (PeerProcess peer in peers)
            {
                await peer.DisposeAsync();
            }
        }
    }

    [Theory]
    [InlineData(Producers)]
    [InlineData(Consumers)]
    public async Task A_process_killed_inside_the_queue_holds_up_nobody(string mutex)
    {
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 4);
        Assert.True(queue.TryEnqueue(Parcel.Of(1, 1)));
        await using PeerProcess inside = await StartAsync("inside", mutex, "inside");
        Task<int> survivor = Within.OnThread(() =>
        {
            queue.Enqueue(Parcel.Of(1, 2), Within.Patience);
            return queue.Dequeue(Within.Patience).Number;
        });
        await Task.Delay(50);
        Assert.False(survivor.IsCompleted);
        long dead = inside.Kill();
        Assert.Equal(1, await survivor.InTime());
        double milliseconds = Stopwatch.GetElapsedTime(dead).TotalMilliseconds;
        output.WriteLine($"The survivor went on {milliseconds:0.000} ms after the death was known here.");
        Assert.InRange(milliseconds, 0, 100);
        Assert.Equal(2, queue.Dequeue(Within.Patience).Number);
    }

    [Fact]
    public async Task A_process_stopped_inside_the_queue_makes_the_others_time_out()
    {
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Create(_name, capacity: 4);
        await using PeerProcess inside = await StartAsync("inside", Producers, "inside");
        inside.SendStop();
        Assert.False(queue.TryEnqueue(default, TimeSpan.FromMilliseconds(50)));
        _ = Assert.Throws<TimeoutException>(() => queue.Enqueue(default, TimeSpan.FromMilliseconds(50)));

        // Without a time of its own it has the patience of the library, and says who is to blame.
        TimeoutException error = Assert.Throws<TimeoutException>(() => queue.TryEnqueue(default));
        Assert.Contains("stopped", error.Message, StringComparison.Ordinal);
        Assert.False(queue.TryDequeue(out _));

        inside.SendContinue();
        inside.WriteLine("go on");
        queue.Enqueue(default, Within.Patience);
        Assert.True(queue.TryDequeue(out _));
    }

    // Each item goes through a process that may be killed while it has the item. One kill costs one item at most, and no item comes twice.
    [Fact]
    public async Task Random_kills_lose_at_most_the_item_in_the_hands_of_the_dead()
    {
        Random random = Kills.NewRandom(output);
        using SharedQueue<Parcel> there = SharedQueue<Parcel>.Create(_name, capacity: 16);
        using SharedQueue<Parcel> back = SharedQueue<Parcel>.Create(Second, capacity: 16);
        using var stop = new CancellationTokenSource();
        PeerProcess[] forwarders = [await Start(), await Start()];
        var kills = new Kills();
        int sent = 0;
        int last = 0;
        HashSet<int> came = [];
        try
        {
            Task sending = Within.OnThread(() =>
            {
                while (!stop.IsCancellationRequested)
                {
                    if (there.TryEnqueue(Parcel.Of(1, sent), TimeSpan.FromMilliseconds(10)))
                    {
                        sent++;
                    }
                }
            });
            for (int i = 0; i < Kills.Count; i++)
            {
                for (int take = random.Next(2000); take >= 0; take--)
                {
                    Take(back.Dequeue(Within.Patience));
                }

                int victim = random.Next(forwarders.Length);
                kills.Measure(forwarders[victim], () =>
                {
                    // More than was on the way: so one that went through after the kill is among them.
                    for (int take = 0; take < 20; take++)
                    {
                        Take(back.Dequeue(Within.Patience));
                    }
                });
                await forwarders[victim].DisposeAsync();
                forwarders[victim] = await Start();
            }

            await stop.CancelAsync();
            await sending.InTime();
            while (there.Count > 0 || back.Count > 0)
            {
                Take(back.Dequeue(Within.Patience));
            }

            while (back.TryDequeue(out Parcel parcel, TimeSpan.FromMilliseconds(200)))
            {
                Take(parcel);
            }
        }
        finally
        {
            foreach (PeerProcess forwarder in forwarders)
            {
                await forwarder.DisposeAsync();
            }
        }

        output.WriteLine($"{sent} items sent, {sent - came.Count} lost, the highest number was {last}.");
        Assert.InRange(sent - came.Count, 0, Kills.Count);
        kills.AssertPrompt(output);

        void Take(Parcel parcel)
        {
            Assert.True(parcel.IsIntact);
            Assert.True(came.Add(parcel.Number), $"Item {parcel.Number} came twice.");
            last = Math.Max(last, parcel.Number);
        }

        Task<PeerProcess> Start() => StartAsync("forward", Second, "forwarding");
    }

    private static (int Sender, int Number) Parse(string item)
    {
        string[] parts = item.Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private async Task<PeerProcess> StartAsync(string command, string argument, string greeting)
    {
        PeerProcess peer = PeerProcess.Run([], "sync", command, _name, argument);
        Assert.Equal(greeting, await peer.ReadLineAsync());
        return peer;
    }
}
