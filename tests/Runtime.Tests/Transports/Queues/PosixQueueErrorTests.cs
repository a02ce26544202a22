using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.PosixQueue;

namespace Contracts.Ipc.Runtime.Tests.Transports.Queues;

/// <summary>Lowers limits of the whole process, so nothing else runs meanwhile.</summary>
[Collection(nameof(DescriptorLimitTests))]
[SupportedOSPlatform("linux")]
public sealed partial class PosixQueueErrorTests
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE
    private const int QueueBytes = 12; // RLIMIT_MSGQUEUE

    private static readonly IpcEndpoint Endpoint = IpcEndpoint.PosixQueue($"errors-{Environment.ProcessId}");

    [Theory]
    [InlineData(QueueBytes, 1000, "(RLIMIT_MSGQUEUE, 1000)")]
    [InlineData(OpenFiles, 3, "(RLIMIT_NOFILE, 3)")]
    public async Task Two_limits_of_one_error_number_are_told_apart(int resource, int limit, string named)
    {
        PosixQueueTransport transport = new();
        await using ChannelListener warmed = await transport.ListenAsync(Endpoint, new TransportOptions(), default);
        await warmed.DisposeAsync();
        _ = GetLimit(resource, out Limit before);
        IpcResourceExhaustedException error;
        try
        {
            Limit low = before with { Soft = (nuint)limit };
            _ = SetLimit(resource, in low);
            NativeException cause = Assert.Throws<NativeException>(() => PosixMessageQueue.Create("/contracts.test.errors", 10, 8192));
            Assert.Equal(Errno.EMFILE, cause.Errno);
            error = Assert.IsType<IpcResourceExhaustedException>(PosixQueueError.CannotMake(Endpoint, "/contracts.test.errors", new PosixQueueShape(10, 8192), cause));
        }
        finally
        {
            _ = SetLimit(resource, in before);
        }

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_a_queue_may_hold_is_an_error_that_names_both_limits()
    {
        NativeException cause = new("mq_open('/x')", Errno.EINVAL);

        IpcException error = PosixQueueError.CannotMake(Endpoint, "/x", new PosixQueueShape(70_000, 8192), cause);

        Assert.IsType<IpcResourceExhaustedException>(error);
        Assert.Contains("msg_max", error.Message, StringComparison.Ordinal);
        Assert.Contains("msgsize_max", error.Message, StringComparison.Ordinal);
        Assert.Contains("QueueCapacity", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_others_may_use_is_not_trusted()
    {
        string name = PosixQueueName.OfRequests(Endpoint);
        using SafeDescriptor squatter = PosixMessageQueue.Create(name, 2, 512);
        try
        {
            Files.ChangeMode(squatter, 0x1B6 /* 0666 */);
            IpcPermissionException error = await Assert.ThrowsAsync<IpcPermissionException>(
                async () => await new PosixQueueTransport().ConnectAsync(Endpoint, new TransportOptions(), default));
            Assert.Contains("its mode is 0666", error.Message, StringComparison.Ordinal);

            // A server takes the name back from the dead of its own user.
            await using ChannelListener listener = await new PosixQueueTransport().ListenAsync(Endpoint, new TransportOptions(), default);
            using SafeDescriptor? now = PosixMessageQueue.TryOpen(name);
            Assert.Equal(10, PosixMessageQueue.Measure(now!).Depth);
        }
        finally
        {
            PosixMessageQueue.Remove(name);
        }
    }

    [Fact]
    public async Task A_server_that_never_answers_ends_the_attempt_with_a_sentence()
    {
        string name = PosixQueueName.OfRequests(Endpoint);
        using SafeDescriptor silent = PosixMessageQueue.Create(name, 2, 512);
        try
        {
            IpcConnectionException error = await Assert.ThrowsAsync<IpcConnectionException>(async () => await new PosixQueueTransport().ConnectAsync(
                Endpoint, new TransportOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(100) }, default));
            Assert.Equal(IpcDelivery.NotSent, error.Delivery);
            Assert.Contains("has not let this process in", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            PosixMessageQueue.Remove(name);
        }
    }

    [Fact]
    public async Task Queues_are_for_one_user_only()
    {
        IpcEndpointException error = await Assert.ThrowsAsync<IpcEndpointException>(
            async () => await new PosixQueueTransport().ListenAsync(Endpoint, new TransportOptions { SameUserOnly = false }, default));
        Assert.Contains("SameUserOnly", error.Message, StringComparison.Ordinal);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    private record struct Limit(nuint Soft, nuint Hard);
}
