using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Queues;
using Contracts.Ipc.Transports.SystemVQueue;

namespace Contracts.Ipc.Runtime.Tests.Transports.SystemVQueue;

/// <summary>Two queues as a connection has them, without the channel above: order, room, signals, waits.</summary>
public sealed class QueuePairTests : IDisposable
{
    private const uint Client = 0x10003;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SystemVIncomingQueue _requests = QueueMaker.MakeReplies("sysv:test");
    private readonly SystemVIncomingQueue _replies = QueueMaker.MakeReplies("sysv:test");
    private readonly SystemVOutgoingQueue _toServer;
    private readonly SystemVOutgoingQueue _toClient;
    private readonly Recorder _server = new();
    private readonly Recorder _client = new();

    public QueuePairTests()
    {
        _toServer = new SystemVOutgoingQueue(_requests.Native, _requests.MessageLength, _replies);
        _toClient = new SystemVOutgoingQueue(_replies.Native, _replies.MessageLength, _requests);
        _requests.Start(_server);
        _replies.Start(_client);
        _toServer.Start(_client, Client);
        _toClient.Start(_server, Client);
    }

    public void Dispose()
    {
        _toServer.Dispose();
        _toClient.Dispose();
        _requests.Dispose();
        _replies.Dispose();
    }

    [Fact]
    public void Urgent_messages_come_first_and_the_farewell_last()
    {
        Assert.Equal(SendOutcome.Sent, Send(_toServer, 16, 0, QueueMessageKind.Close));
        foreach (int priority in (int[])[1, 8, 1, 4])
        {
            Assert.Equal(SendOutcome.Sent, Send(_toServer, 100 + priority, priority));
        }

        Assert.Equal([108, 104, 101, 101, 16, 0], Enumerable.Range(0, 6).Select(_ => Receive(_requests)));
    }

    [Fact]
    public async Task Who_finds_the_queue_full_is_told_of_room_without_anybody_waiting_for_an_answer()
    {
        Fill(_toServer);
        _toServer.ArmWritable();
        Assert.False(_client.Writable.Wait(0));

        while (Receive(_requests) > 0)
        {
        }

        Assert.True(await _client.Writable.WaitAsync(Patience));
        Assert.Equal(SendOutcome.Sent, Send(_toServer, 1000, 1));
    }

    [Fact]
    public async Task Room_is_told_when_half_of_the_queue_was_taken()
    {
        Fill(_toServer, 512);
        _toServer.ArmWritable();
        long capacity = _requests.Native.Status()!.Value.Capacity;
        for (long taken = 0; taken < capacity / 2;)
        {
            taken += Receive(_requests);
        }

        Assert.True(await _client.Writable.WaitAsync(Patience));
        Assert.NotEqual(0, _requests.Native.Status()!.Value.Messages);
    }

    [Fact]
    public async Task A_server_is_told_of_room_in_the_queue_of_its_client()
    {
        Fill(_toClient);
        _toClient.ArmWritable();
        while (Receive(_replies) > 0)
        {
        }

        Assert.True(await _server.Writable.WaitAsync(Patience));
    }

    [Fact]
    public void The_farewell_fits_into_a_full_queue_and_comes_after_everything_in_it()
    {
        int sent = Fill(_toServer);

        Assert.Equal(SendOutcome.Sent, Send(_toServer, QueueMessage.HeaderLength, 0, QueueMessageKind.Close));

        for (int i = 0; i < sent; i++)
        {
            Assert.NotEqual(0, Receive(_requests));
            Assert.Empty(_server.Closed);
        }

        Assert.Equal(0, Receive(_requests));
        Assert.Equal(Client, Assert.Single(_server.Closed));
    }

    [Fact]
    public void A_queue_that_was_removed_is_gone_for_both()
    {
        Assert.True(_requests.Native.Remove());

        Assert.Equal(SendOutcome.Gone, Send(_toServer, 100, 1));
        Assert.True(-Receive(_requests) is Errno.EIDRM or Errno.EINVAL);
    }

    [Fact]
    public async Task An_interrupt_ends_the_wait_that_it_is_for_and_no_other()
    {
        QueueWait[] waits = [.. Enumerable.Range(0, 4).Select(_ => _requests.NewWait())];
        Task<bool>[] waiting = [.. waits.Select(static wait => OnThread(() => wait.Wait(-1)))];
        for (int i = 3; i >= 0; i--)
        {
            waits[i].Interrupt();
            Assert.True(await waiting[i].WaitAsync(Patience));
            Assert.All(waiting[..i], static other => Assert.False(other.IsCompleted));
        }
    }

    [Fact]
    public async Task A_bounded_wait_ends_in_time_also_while_others_wait()
    {
        QueueWait patient = _requests.NewWait();
        Task<bool> waiting = OnThread(() => patient.Wait(-1));

        Assert.False(await OnThread(() => _requests.NewWait().Wait(20)).WaitAsync(Patience));
        Assert.False(_requests.NewWait().Wait(0));

        Assert.False(waiting.IsCompleted);
        patient.Interrupt();
        Assert.True(await waiting.WaitAsync(Patience));
    }

    [Fact]
    public async Task What_is_armed_is_told_once_by_a_thread_that_comes_and_goes()
    {
        for (int i = 0; i < 20; i++)
        {
            _requests.ArmReadable();
            Assert.Equal(SendOutcome.Sent, Send(_toServer, 100, 1));
            Assert.True(await _server.Readable.WaitAsync(Patience));
            Assert.Equal(100, Receive(_requests));
        }

        Assert.False(_server.Readable.Wait(0));
    }

    [Fact]
    public async Task Room_is_told_to_a_side_that_does_not_receive()
    {
        // What lies in its own queue is announced, and announced once: that must not be all that its sentry was good for.
        Assert.Equal(SendOutcome.Sent, Send(_toClient, 100, 1));
        for (int i = 0; i < 10; i++)
        {
            Fill(_toServer);
            _toServer.ArmWritable();
            while (Receive(_requests) > 0)
            {
            }

            Assert.True(await _client.Writable.WaitAsync(Patience));
        }

        Assert.Equal(100, Receive(_replies));
    }

    [Fact]
    public async Task Who_waits_for_room_is_told_of_messages_as_soon_as_that_is_asked_for()
    {
        Fill(_toServer);
        _toServer.ArmWritable();
        for (int i = 0; i < 20; i++)
        {
            _replies.ArmReadable();
            Assert.Equal(SendOutcome.Sent, Send(_toClient, 100, 1));
            Assert.True(await _client.Readable.WaitAsync(Patience));
            Assert.Equal(100, Receive(_replies));
        }

        Assert.False(_client.Writable.Wait(0));
        while (Receive(_requests) > 0)
        {
        }

        Assert.True(await _client.Writable.WaitAsync(Patience));
    }

    [Fact]
    public async Task Who_asks_for_room_is_answered_also_if_whoever_receives_has_found_the_queue_empty_and_sleeps()
    {
        Assert.Equal(0, Receive(_requests));
        _requests.ArmReadable();

        _toServer.ArmWritable();

        Assert.True(await _client.Writable.WaitAsync(Patience));
    }

    [Fact]
    public async Task Room_is_asked_of_a_side_that_has_sent_nothing_yet()
    {
        Fill(_toClient);
        _toClient.ArmWritable();
        while (Receive(_replies) > 0)
        {
        }

        Assert.True(await _server.Writable.WaitAsync(Patience));
    }

    [Fact]
    public void A_wake_up_for_nobody_does_not_hide_what_is_behind_it()
    {
        Assert.Equal(0, _requests.Native.TrySendEmpty((nint)MessageType.Wake));
        Assert.Equal(SendOutcome.Sent, Send(_toServer, 100, 1));

        Assert.Equal(100, Receive(_requests));
        Assert.Equal(0, _requests.Native.Status()!.Value.Messages);
    }

    [Fact]
    public void Wake_ups_that_another_thread_has_taken_reach_all_who_are_called()
    {
        SystemVQueueWait[] waits = [.. Enumerable.Range(0, 3).Select(_ => (SystemVQueueWait)_requests.NewWait())];
        Assert.All(waits, wait => Assert.True(_requests.TryEnter(wait)));
        Assert.All(waits, static wait => wait.Interrupt());

        // Takes the three, and gives one back for all of them: each that leaves does so for those who stay.
        Assert.Equal(0, Receive(_requests));
        foreach (SystemVQueueWait wait in waits)
        {
            Assert.Equal(1, _requests.Native.Status()!.Value.Messages);
            Assert.Equal((0, (nint)MessageType.Wake), (_requests.Native.Look(out nint type), type));
            _requests.Leave(wait);
        }

        Assert.Equal(0, _requests.Native.Status()!.Value.Messages);
    }

    [Fact]
    public async Task A_farewell_that_another_thread_has_taken_wakes_who_sleeps_and_who_is_armed()
    {
        QueueWait wait = _requests.NewWait();
        Task<bool> waiting = OnThread(() => wait.Wait(-1));
        _requests.ArmReadable();

        Assert.True(_requests.Accept((nint)MessageType.ClosedBy(Client)));

        Assert.True(await waiting.WaitAsync(Patience));
        Assert.True(await _server.Readable.WaitAsync(Patience));
        Assert.True(await OnThread(() => wait.Wait(-1)).WaitAsync(Patience));
        Assert.True(wait.Wait(0));
        Assert.Equal(0, Receive(_requests));
        Assert.Equal(Client, Assert.Single(_server.Closed));
        Assert.False(wait.Wait(0));
    }

    private static Task<T> OnThread<T>(Func<T> action) => Task.Factory.StartNew(action, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static SendOutcome Send(SystemVOutgoingQueue queue, int length, int priority, QueueMessageKind kind = QueueMessageKind.Frame)
    {
        new QueueMessage(kind, Client, 1).Write(queue.Room);
        return queue.TrySend(length, priority);
    }

    private static int Fill(SystemVOutgoingQueue queue, int length = 4096)
    {
        int sent = 0;
        while (Send(queue, length, 1) == SendOutcome.Sent)
        {
            sent++;
        }

        return sent;
    }

    private static int Receive(SystemVIncomingQueue queue) => queue.TryReceive(new byte[queue.MessageLength]);

    private sealed class Recorder : IIncomingEvents, IOutgoingEvents
    {
        public SemaphoreSlim Readable { get; } = new(0);

        public SemaphoreSlim Writable { get; } = new(0);

        public List<uint> Closed { get; } = [];

        public void OnReadable() => Readable.Release();

        public void OnWritable() => Writable.Release();

        public void OnClosed(uint client) => Closed.Add(client);
    }
}
