using Contracts.Ipc.Native;

namespace Contracts.Ipc.Runtime.Tests.Transports.SystemVQueue;

/// <summary>What the transport builds upon, and the manual pages say only in part.</summary>
public sealed class NativeQueueTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SystemVMessageQueue _queue = SystemVMessageQueue.CreatePrivate(0x180);

    public void Dispose() => _queue.Remove();

    [Fact]
    public async Task Waiting_leaves_a_message_and_wakes_all_who_wait()
    {
        Task<(int, nint)>[] waiting = [.. Enumerable.Range(0, 3).Select(_ => OnThread(() => (_queue.Wait(out nint type), type)))];

        Send(7, 10);

        Assert.All(await Task.WhenAll(waiting).WaitAsync(Patience), static result => Assert.Equal((0, 0), result));
        Assert.Equal(1, _queue.Status()!.Value.Messages);
        byte[] room = new byte[64];
        Assert.Equal(10, _queue.TryReceive(room));
        Assert.Equal(7, BitConverter.ToInt64(room));
    }

    [Fact]
    public void A_message_without_text_is_taken_by_a_wait_and_fits_into_a_full_queue()
    {
        while (TrySend(5, 4096) == 0)
        {
        }

        Assert.Equal(0, _queue.TrySendEmpty(3));

        Assert.Equal((0, 3), (_queue.Wait(out nint type), type));
        Assert.Equal((0, 0), (_queue.Look(out type), type));
    }

    [Fact]
    public void The_lowest_type_comes_first_and_of_equal_ones_the_oldest()
    {
        foreach (int type in (int[])[4, 2, 9, 2])
        {
            Send(type, 8 + type);
        }

        byte[] room = new byte[64];
        List<long> types = [];
        while (_queue.TryReceive(room) > 0)
        {
            types.Add(BitConverter.ToInt64(room));
        }

        Assert.Equal([2, 2, 4, 9], types);
        Assert.Equal(-Errno.ENOMSG, _queue.TryReceive(room));
    }

    [Fact]
    public async Task Removal_ends_a_wait_and_everything_after_it()
    {
        Task<int> waiting = OnThread(() => _queue.Wait(out _));
        Assert.True(SpinWait.SpinUntil(() => waiting.Status == TaskStatus.Running, Patience));

        Assert.True(_queue.Remove());

        Assert.True(await waiting.WaitAsync(Patience) is Errno.EIDRM or Errno.EINVAL);
        Assert.True(TrySend(1, 1) is Errno.EIDRM or Errno.EINVAL);
        Assert.Null(_queue.Status());
        Assert.False(_queue.Remove());
    }

    [Fact]
    public void The_kernel_says_whose_it_is()
    {
        Send(1, 100);

        MessageQueueStatus status = _queue.Status()!.Value;

        Assert.Equal((Files.EffectiveUserId, Files.EffectiveUserId, 0x180), (status.Owner, status.Creator, status.Permissions));
        Assert.Equal((1, 100, Environment.ProcessId), (status.Messages, status.Bytes, status.LastSender));
        Assert.InRange(status.ChangedAt, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60);
        Assert.True(_queue.TrySetCapacity(4096));
        Assert.Equal(4096, _queue.Status()!.Value.Capacity);
    }

    private static Task<T> OnThread<T>(Func<T> action) => Task.Factory.StartNew(action, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Send(int type, int length) => Assert.Equal(0, TrySend(type, length));

    private int TrySend(int type, int length)
    {
        byte[] message = new byte[SystemVMessageQueue.TypeLength + length];
        BitConverter.TryWriteBytes(message, (long)type);
        return _queue.TrySend(message);
    }
}
