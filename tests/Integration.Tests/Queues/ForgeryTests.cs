using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Native;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Transports.PosixQueue;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Integration.Tests.Queues;

/// <summary>Whoever may write to a server's queue can send it anything. Nothing of it reaches another client, or stops the server.</summary>
public sealed class ForgeryTests
{
    [Fact]
    public async Task Messages_of_nobody_are_dropped_and_counted_and_clients_notice_nothing()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var log = new RecordedLog();
        IpcEndpoint endpoint = TestTransports.NewEndpoint("mq");
        await using var server = new IpcServer(new IpcServerOptions { LoggerFactory = log });
        server.AddService<ILean>(new Lean());
        await using IpcListener listener = await server.ListenAsync(endpoint).InTime();
        await using IpcConnection client = await IpcConnection.ConnectAsync(endpoint).InTime();
        ILean lean = client.GetProxy<ILean>();
        uint number = ((QueueChannel)client.Session.Channel).Number;
        using SafeDescriptor queue = PosixMessageQueue.TryOpenForSending(PosixQueueName.OfRequests(endpoint))!;

        for (int i = 0; i < 300; i++)
        {
            byte[] message = Forge(random, number);
            Assert.True(Within.Eventually(() => PosixMessageQueue.Send(queue.Number, message, random.Next(0, 32_768)) == 0));
            if (i % 10 == 0)
            {
                Assert.Equal(i + 1, await lean.AddAsync(i, 1).InTime());
            }
        }

        Assert.Equal(3, await lean.AddAsync(1, 2).InTime());
        await using IpcConnection another = await IpcConnection.ConnectAsync(endpoint).InTime();
        Assert.Equal(5, await another.GetProxy<ILean>().AddAsync(2, 3).InTime());
        await listener.DisposeAsync();
        Assert.Contains(log.Lines, static line => line.Id == 308 && line.Text.Contains(" dropped ", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, static line => line.Exception is not null and not IpcException);
    }

    [Fact]
    public async Task A_client_that_speaks_another_version_or_is_no_process_is_told_or_ignored()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("mq");
        await using var server = new IpcServer();
        _ = await server.ListenAsync(endpoint).InTime();

        QueueGreeting honest = QueueGreeting.Own(4, 2048);
        Assert.Equal(QueueStatus.Granted, await AnswerAsync(endpoint, honest));
        Assert.Equal(QueueStatus.OtherVersion, await AnswerAsync(endpoint, honest with { Version = 99 }));
        Assert.Equal(QueueStatus.NotOurs, await AnswerAsync(endpoint, honest with { Magic = 1 }));
        Assert.Equal(QueueStatus.OtherPidNamespace, await AnswerAsync(endpoint, honest with { PidNamespace = 7 }));
        Assert.Equal(QueueStatus.UnknownProcess, await AnswerAsync(endpoint, honest with { Process = honest.Process with { StartTime = 1 } }));
    }

    private static async Task<QueueStatus> AnswerAsync(IpcEndpoint endpoint, QueueGreeting greeting)
    {
        ulong key = QueueConnector.NewKey();
        using PosixIncomingQueue replies = PosixIncomingQueue.Create(PosixQueueName.OfReplies(endpoint, greeting.Process.Id, key), new PosixQueueShape(4, 2048));
        using PosixOutgoingQueue requests = PosixOutgoingQueue.TryOpen(PosixQueueName.OfRequests(endpoint), out _)!;
        new QueueMessage(QueueMessageKind.Open, 0, key).Write(requests.Room);
        greeting.Write(requests.Room[QueueMessage.HeaderLength..]);
        Assert.Equal(SendOutcome.Sent, requests.TrySend(QueueGreeting.WholeLength, 1));
        using QueueWait wait = replies.NewWait();
        byte[] room = new byte[2048];
        Assert.True(await Within.OnThread(() => wait.Wait(20_000)));
        Assert.Equal(QueueGreeting.WholeLength, replies.TryReceive(room));
        QueueMessage answer = QueueMessage.Read(room);
        QueueStatus status = QueueGreeting.Read(room.AsSpan(QueueMessage.HeaderLength)).Status;
        Assert.Equal(key, answer.Key);
        Assert.Equal(status == QueueStatus.Granted ? QueueMessageKind.Opened : QueueMessageKind.Refused, answer.Kind);
        return status;
    }

    /// <summary>Bytes, or a message that is nearly one of the client's.</summary>
    private static byte[] Forge(Random random, uint number)
    {
        byte[] message = new byte[random.Next(0, 300)];
        random.NextBytes(message);
        if (message.Length >= QueueMessage.HeaderLength && random.Next(4) > 0)
        {
            // The client's number and any key; another number; a frame, a piece, an end.
            uint client = random.Next(2) == 0 ? number : (uint)random.Next();
            new QueueMessage((QueueMessageKind)random.Next(0, 10), client, (ulong)random.NextInt64(), (byte)random.Next()).Write(message);
        }

        return message;
    }
}
