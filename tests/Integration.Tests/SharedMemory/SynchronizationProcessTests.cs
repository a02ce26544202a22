using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>Locks, events and semaphores between processes that are stopped and killed.</summary>
[SupportedOSPlatform("linux")]
public sealed class SynchronizationProcessTests(ITestOutputHelper output) : IDisposable
{
    private const int Mutex = 128;

    private readonly string _name = $"test-{Guid.NewGuid():N}";

    public void Dispose()
    {
        ProcessDescriptor.IsSupported = true;

        // No kind matters for the removal.
        _ = SharedMutex.Unlink(_name);
        _ = SharedMutex.Unlink(Second);
        Assert.Empty(Directory.GetFiles("/dev/shm", $"*{_name}*"));
        Assert.True(Within.Eventually(static () => Threads() == 0), "Threads for waiting stayed although nobody waits.");
    }

    private string Second => _name + "-2";

    [Fact]
    public async Task A_mutex_whose_holder_is_killed_goes_to_who_waits_and_says_so_once()
    {
        using SharedMutex mutex = SharedMutex.Create(_name);
        await using PeerProcess holder = await StartAsync("mutex-hold", "", "holding");
        Assert.False(mutex.TryLock(TimeSpan.FromMilliseconds(20), out _));
        Task<bool> waiter = Within.OnThread(() => TakeMutex(mutex));
        await SurviveAsync(holder, waiter);
        Assert.True(await waiter);
        Assert.False(TakeMutex(mutex));
    }

    [Fact]
    public async Task A_mutex_whose_holder_is_stopped_times_out_and_is_itself_again_afterwards()
    {
        using SharedMutex mutex = SharedMutex.Create(_name);
        await using PeerProcess holder = await StartAsync("mutex-hold", "", "holding");
        holder.SendStop();
        _ = Assert.Throws<TimeoutException>(() => mutex.Lock(TimeSpan.FromMilliseconds(50)).Dispose());
        holder.SendContinue();
        holder.WriteLine("go on");
        Assert.False(TakeMutex(mutex));
        Assert.Equal(0, await holder.ExitAsync());
    }

    // Without descriptors for processes (an old kernel) the waiters look by themselves.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Permits_of_a_process_that_is_killed_come_back_to_those_who_wait(bool hasDescriptors)
    {
        ProcessDescriptor.IsSupported = hasDescriptors;
        using SharedSemaphore semaphore = SharedSemaphore.Create(_name, permits: 3);
        await using PeerProcess holder = await StartAsync("permits-hold", "3", "holding");
        Assert.False(semaphore.TryWait());
        Task<bool>[] waiters =
        [
            Within.OnThread(() => semaphore.Wait(Within.Patience)),
            semaphore.WaitAsync(Within.Patience).AsTask(),
        ];
        await SurviveAsync(holder, Task.WhenAll(waiters), hasDescriptors ? 100 : 1000);
        Assert.Equal(1, semaphore.CurrentCount);
        _ = semaphore.Release(2);
    }

    [Fact]
    public async Task Permits_of_a_dead_process_are_found_by_one_who_does_not_wait()
    {
        using SharedSemaphore semaphore = SharedSemaphore.Create(_name, permits: 1);
        await using PeerProcess holder = await StartAsync("permits-hold", "1", "holding");
        Assert.False(semaphore.TryWait());
        _ = holder.Kill();
        Assert.True(semaphore.TryWait());
    }

    [Fact]
    public async Task Permits_of_a_stopped_process_stay_with_it()
    {
        using SharedSemaphore semaphore = SharedSemaphore.Create(_name, permits: 1);
        await using PeerProcess holder = await StartAsync("permits-hold", "1", "holding");
        holder.SendStop();
        Assert.False(semaphore.Wait(TimeSpan.FromMilliseconds(50)));
        Assert.False(await semaphore.WaitAsync(TimeSpan.FromMilliseconds(50)));
        holder.SendContinue();
        holder.WriteLine("go on");
        Assert.True(semaphore.Wait(Within.Patience));
    }

    [Fact]
    public async Task A_reader_that_is_killed_lets_the_waiting_writer_in()
    {
        using SharedReaderWriterLock one = SharedReaderWriterLock.Create(_name);
        await using PeerProcess reader = await StartAsync("read-hold", "", "holding");
        Assert.False(one.TryLockWrite(TimeSpan.FromMilliseconds(20), out _));
        Task<bool> writer = Within.OnThread(() => Write(one));
        await SurviveAsync(reader, writer);
        Assert.False(await writer);
    }

    [Fact]
    public async Task A_writer_that_is_killed_lets_the_others_in_and_the_first_one_is_told()
    {
        using SharedReaderWriterLock one = SharedReaderWriterLock.Create(_name);
        await using PeerProcess writer = await StartAsync("write-hold", "", "holding");
        Assert.False(one.TryLockRead(TimeSpan.FromMilliseconds(20), out _));
        Task<bool> reader = Within.OnThread(() => Read(one));
        await SurviveAsync(writer, reader);
        Assert.True(await reader);
        Assert.False(Read(one));
        Assert.False(Write(one));
    }

    [Theory]
    [InlineData("read-hold")]
    [InlineData("write-hold")]
    public async Task A_stopped_holder_of_the_lock_makes_writers_time_out(string command)
    {
        using SharedReaderWriterLock one = SharedReaderWriterLock.Create(_name);
        await using PeerProcess holder = await StartAsync(command, "", "holding");
        holder.SendStop();
        Assert.False(one.TryLockWrite(TimeSpan.FromMilliseconds(50), out _));
        Assert.Equal(command == "read-hold", one.TryLockRead(TimeSpan.FromMilliseconds(50), out SharedReadGuard guard));
        guard.Dispose();
        holder.SendContinue();
        holder.WriteLine("go on");
        Assert.False(Write(one));
    }

    // The kill finds the victim before, while or after it takes the signal. As long as the signal is there, a survivor must take it.
    [Fact]
    public async Task A_waiter_that_is_killed_while_it_is_woken_leaves_the_signal_to_the_others()
    {
        Random random = Kills.NewRandom(output);
        using SharedEvent one = SharedEvent.Create(_name, SharedEventMode.AutoReset);
        using SharedSemaphore passed = SharedSemaphore.CreateForSignals(Second);
        PeerProcess[] peers = [await Start(), await Start(), await Start()];
        try
        {
            int taken = 0;
            for (int i = 0; i < Kills.Count; i++)
            {
                int victim = random.Next(peers.Length);
                Task killing = Within.OnThread(() => peers[victim].Kill());
                Thread.SpinWait(random.Next(20_000));
                one.Set();
                if (passed.Wait(Within.Patience / 20))
                {
                    taken++;
                }
                else
                {
                    Assert.False(one.IsSet, "The signal is there, and those who wait for it sleep on.");
                }

                await killing;
                await peers[victim].DisposeAsync();
                peers[victim] = await Start();
                one.Set();
                Assert.True(passed.Wait(Within.Patience));
            }

            output.WriteLine($"{taken} of {Kills.Count} signals were taken by survivors.");
        }
        finally
        {
            await DisposeAsync(peers);
        }

        Task<PeerProcess> Start() => StartAsync("event-pass", Second, "waiting");
    }

    [Theory]
    [InlineData("mutex-spin")]
    [InlineData("permits-spin")]
    [InlineData("lock-spin")]
    public async Task Random_kills_of_processes_that_use_it_all_the_time_wedge_nobody(string command)
    {
        Random random = Kills.NewRandom(output);
        using IDisposable made = Make(command, out Action use);
        PeerProcess[] peers = [await Start(), await Start()];
        var kills = new Kills();
        try
        {
            for (int i = 0; i < Kills.Count; i++)
            {
                Thread.SpinWait(random.Next(200_000));
                int victim = random.Next(peers.Length);
                kills.Measure(peers[victim], use);
                await peers[victim].DisposeAsync();
                peers[victim] = await Start();
            }
        }
        finally
        {
            await DisposeAsync(peers);
        }

        use();
        kills.AssertPrompt(output);

        Task<PeerProcess> Start() => StartAsync(command, random.Next().ToString(CultureInfo.InvariantCulture), "spinning");
    }

    [Fact]
    public async Task A_process_killed_inside_the_semaphore_costs_the_others_nothing()
    {
        using SharedSemaphore semaphore = SharedSemaphore.Create(_name, permits: 2);
        await using PeerProcess inside = await StartAsync("inside", Mutex.ToString(CultureInfo.InvariantCulture), "inside");
        Task<bool> taker = Within.OnThread(() => semaphore.Wait(Within.Patience));
        await SurviveAsync(inside, taker);
        Assert.True(await taker);
        Assert.Equal(1, semaphore.CurrentCount);
    }

    // The monitor of words and the watch for deaths; the kernel keeps 15 characters of a name.
    private static int Threads() => Directory.EnumerateDirectories("/proc/self/task").Count(static task => NameOf(task) is "Contracts.Ipc m" or "Contracts.Ipc d");

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(task + "/comm").TrimEnd();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static bool TakeMutex(SharedMutex mutex)
    {
        using SharedMutexGuard guard = mutex.Lock(Within.Patience);
        return guard.WasAbandoned;
    }

    private static bool Write(SharedReaderWriterLock one)
    {
        using SharedWriteGuard guard = one.LockWrite(Within.Patience);
        return guard.WasAbandoned;
    }

    private static bool Read(SharedReaderWriterLock one)
    {
        using SharedReadGuard guard = one.LockRead(Within.Patience);
        return guard.WasAbandoned;
    }

    private static async Task DisposeAsync(PeerProcess[] peers)
    {
        foreach (PeerProcess peer in peers)
        {
            await peer.DisposeAsync();
        }
    }

    private IDisposable Make(string command, out Action use)
    {
        switch (command)
        {
            case "mutex-spin":
                SharedMutex mutex = SharedMutex.Create(_name);
                use = () => TakeMutex(mutex);
                return mutex;
            case "permits-spin":
                SharedSemaphore semaphore = SharedSemaphore.Create(_name, permits: 1);
                use = () =>
                {
                    Assert.True(semaphore.Wait(Within.Patience));
                    _ = semaphore.Release();
                };
                return semaphore;
            default:
                SharedReaderWriterLock one = SharedReaderWriterLock.Create(_name);
                use = () =>
                {
                    _ = Write(one);
                    _ = Read(one);
                };
                return one;
        }
    }

    private async Task<PeerProcess> StartAsync(string command, string argument, string greeting)
    {
        PeerProcess peer = PeerProcess.Run([], "sync", command, _name, argument);
        Assert.Equal(greeting, await peer.ReadLineAsync());
        return peer;
    }

    private async Task SurviveAsync(PeerProcess victim, Task survivor, int withinMilliseconds = 100)
    {
        // Those who wait are asleep, so that the news has to wake them.
        await Task.Delay(50);
        Assert.False(survivor.IsCompleted);
        long dead = victim.Kill();
        await survivor.InTime();
        double milliseconds = Stopwatch.GetElapsedTime(dead).TotalMilliseconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The survivors went on {milliseconds:0.000} ms after the death was known here."));
        Assert.InRange(milliseconds, 0, withinMilliseconds);
    }
}
