using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>Listening, connecting and leaving, over every transport.</summary>
public sealed class ListenerTests
{
    private static readonly TransportOptions Options = new();

    public static TheoryData<string> All => TransportUnderTest.Named;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Connecting_where_nobody_listens_says_so_at_once(string transport)
    {
        using TransportUnderTest test = TransportUnderTest.Create(transport);

        IpcConnectionException error = await Assert.ThrowsAsync<IpcConnectionException>(
            async () => await test.Transport.ConnectAsync(test.Endpoint, Options, default));

        Assert.Equal(IpcDelivery.NotSent, error.Delivery);
        Assert.Equal($"No server listens at {test.Endpoint}. Start it, or check the endpoint.", error.Message);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_endpoint_in_use_is_refused_and_stays_in_use(string transport)
    {
        using TransportUnderTest test = TransportUnderTest.Create(transport);
        await using ChannelListener first = await test.Transport.ListenAsync(test.Endpoint, Options, default);

        IpcEndpointException error = await Assert.ThrowsAsync<IpcEndpointException>(
            async () => await test.Transport.ListenAsync(test.Endpoint, Options, default));
        Assert.Contains(test.Endpoint.ToString(), error.Message, StringComparison.Ordinal);

        FrameChannel client = await test.Transport.ConnectAsync(test.Endpoint, Options, default);
        client.Close(new IpcConnectionException("Enough."));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_endpoint_can_be_used_again_after_disposal_while_old_connections_live(string transport)
    {
        using TransportUnderTest test = TransportUnderTest.Create(transport);
        FrameChannel? old;
        FrameChannel oldClient;
        await using (ChannelListener first = await test.Transport.ListenAsync(test.Endpoint, Options, default))
        {
            oldClient = await test.Transport.ConnectAsync(test.Endpoint, Options, default);
            old = await first.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);
        }

        _ = await Assert.ThrowsAsync<IpcConnectionException>(async () => await test.Transport.ConnectAsync(test.Endpoint, Options, default));

        await using ChannelListener second = await test.Transport.ListenAsync(test.Endpoint, Options, default);
        FrameChannel client = await test.Transport.ConnectAsync(test.Endpoint, Options, default);
        FrameChannel? server = await second.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience);

        RecordingSink sink = new();
        _ = oldClient.TrySend(Frames.Prefixed(50), default);
        ChannelPair.ReceiveFrames(old!, sink, 1);

        // The end of an old connection must not take the new server's name away.
        old!.Close(new IpcConnectionException("Enough."));
        oldClient.Close(new IpcConnectionException("Enough."));
        FrameChannel another = await test.Transport.ConnectAsync(test.Endpoint, Options, default);
        foreach (FrameChannel channel in (FrameChannel[])[client, server!, another])
        {
            channel.Close(new IpcConnectionException("Enough."));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Disposal_ends_a_pending_accept_with_null(string transport)
    {
        using TransportUnderTest test = TransportUnderTest.Create(transport);
        ChannelListener listener = await test.Transport.ListenAsync(test.Endpoint, Options, default);
        Task<FrameChannel?> accept = listener.AcceptAsync(default).AsTask();

        await listener.DisposeAsync();
        await listener.DisposeAsync();

        Assert.Null(await accept.WaitAsync(ChannelPair.Patience));
        Assert.Null(await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_cancelled_accept_throws_and_the_next_one_works(string transport)
    {
        using TransportUnderTest test = TransportUnderTest.Create(transport);
        await using ChannelListener listener = await test.Transport.ListenAsync(test.Endpoint, Options, default);
        using CancellationTokenSource cancel = new();
        Task<FrameChannel?> accept = listener.AcceptAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accept.WaitAsync(ChannelPair.Patience));

        Task<FrameChannel?> next = listener.AcceptAsync(default).AsTask();
        FrameChannel client = await test.Transport.ConnectAsync(test.Endpoint, Options, default);
        FrameChannel? server = await next.WaitAsync(ChannelPair.Patience);

        Assert.NotNull(server);
        server.Close(new IpcConnectionException("Enough."));
        client.Close(new IpcConnectionException("Enough."));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Many_clients_at_once_are_all_accepted(string transport)
    {
        using TransportUnderTest test = TransportUnderTest.Create(transport);
        await using ChannelListener listener = await test.Transport.ListenAsync(test.Endpoint, Options with { Backlog = 2 }, default);

        Task<FrameChannel>[] connecting = [.. Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await test.Transport.ConnectAsync(test.Endpoint, Options, default)))];
        List<FrameChannel> channels = [];
        for (int i = 0; i < connecting.Length; i++)
        {
            channels.Add((await listener.AcceptAsync(default).AsTask().WaitAsync(ChannelPair.Patience))!);
        }

        channels.AddRange(await Task.WhenAll(connecting).WaitAsync(ChannelPair.Patience));
        Assert.Equal(100, channels.Distinct().Count());
        channels.ForEach(channel => channel.Close(new IpcConnectionException("Enough.")));
    }
}
