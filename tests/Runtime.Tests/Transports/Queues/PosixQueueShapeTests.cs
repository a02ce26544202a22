using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.PosixQueue;

namespace Contracts.Ipc.Runtime.Tests.Transports.Queues;

public sealed class PosixQueueShapeTests
{
    private static readonly PosixQueueLimits Defaults = new(Depth: 10, MessageLength: 8192, Queues: 256, Bytes: 819_200);

    [Fact]
    public void Under_the_default_limits_a_server_and_seventy_clients_have_room()
    {
        PosixQueueShape requests = PosixQueueShape.ForRequests(Defaults, null);
        PosixQueueShape replies = PosixQueueShape.ForReplies(Defaults, null);

        Assert.Equal(new PosixQueueShape(10, 8192), requests);
        Assert.Equal(new PosixQueueShape(4, 2048), replies);
        Assert.InRange(requests.Cost + (70 * replies.Cost), 0, (long)Defaults.Bytes);
    }

    [Theory]
    [InlineData(10, 8192, 100_000UL)]
    [InlineData(10, 8192, 400_000UL)]
    [InlineData(10, 8192, 3_000_000UL)]
    [InlineData(2, 1024, 819_200UL)]
    [InlineData(100, 65_536, 819_200UL)]
    [InlineData(10, 8192, ulong.MaxValue)]
    public void Whatever_the_limits_no_queue_is_larger_than_they_allow_and_sixty_four_clients_have_room(int depth, int messageLength, ulong bytes)
    {
        PosixQueueLimits limits = new(depth, messageLength, 256, bytes);

        PosixQueueShape requests = PosixQueueShape.ForRequests(limits, null);
        PosixQueueShape replies = PosixQueueShape.ForReplies(limits, null);

        Assert.InRange(requests.Depth, 1, depth);
        Assert.InRange(replies.Depth, 1, depth);
        Assert.InRange(requests.MessageLength, 512, messageLength);
        Assert.InRange(replies.MessageLength, 512, messageLength);
        if (bytes >= 400_000)
        {
            Assert.InRange(requests.Cost + (64 * replies.Cost), 0, (long)Math.Min(bytes, long.MaxValue));
        }
    }

    [Fact]
    public void A_capacity_that_is_asked_for_is_the_depth() =>
        Assert.Equal(3, PosixQueueShape.ForRequests(Defaults, 3).Depth);

    [Fact]
    public void What_the_kernel_charges_is_what_is_computed()
    {
        // As many queues of this shape as fit into what is left of the limit: the kernel's count and ours must agree.
        PosixQueueShape shape = PosixQueueShape.ForReplies(Defaults, null);
        string name = $"/contracts.test.{Environment.ProcessId}.cost";
        using SafeDescriptor queue = PosixMessageQueue.Create(name, shape.Depth, shape.MessageLength);
        PosixMessageQueue.Remove(name);

        Assert.Equal((shape.Depth, shape.MessageLength, 0), PosixMessageQueue.Measure(queue));
        Assert.Equal(0x180, Files.Status(queue).Permissions);
        Assert.Equal(Files.EffectiveUserId, Files.Status(queue).UserId);
    }
}
