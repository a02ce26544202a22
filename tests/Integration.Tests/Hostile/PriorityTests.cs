using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Protocol;

namespace Contracts.Ipc.Integration.Tests.Hostile;

/// <summary>Which frames carry a priority, as a peer sees it that reads the bytes.</summary>
public sealed partial class PriorityTests
{
    private const ulong Unknown = 0x1234;

    [IpcService(Name = "tests.urgent")]
    internal partial interface IUrgent
    {
        [IpcMethod(Priority = 6)]
        ValueTask<byte[]> EchoAsync(byte[] bytes, CancellationToken cancellationToken = default);

        [IpcMethod(Priority = 7), OneWay]
        ValueTask HurryAsync();

        ValueTask WaitAsync();
    }

    [Fact]
    public async Task A_call_its_fragments_and_its_cancel_carry_the_priority_that_the_contract_declares()
    {
        using var server = new RawServer();
        Task<IpcConnection> connecting = IpcConnection.ConnectAsync(server.Endpoint).AsTask();
        using RawPeer peer = server.Accept();
        peer.Send(RawPeer.Hello(Handshake.Header(FrameKind.Welcome), new OfferedService("tests.urgent", "", 0, 0)));
        await using IpcConnection connection = await connecting.InTime();
        IUrgent urgent = connection.GetProxy<IUrgent>();
        Assert.Equal((FrameKind.Hello, 0), Next(peer));

        using var cancellation = new CancellationTokenSource();
        Task<byte[]> echo = urgent.EchoAsync(new byte[100_000], cancellation.Token).AsTask();
        Assert.Equal((FrameKind.Call, 6), Next(peer));
        Assert.Equal((FrameKind.Fragment, 6), Next(peer));

        await cancellation.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => echo.InTime());
        Assert.Equal((FrameKind.Cancel, 6), Next(peer));

        await urgent.HurryAsync().InTime();
        Assert.Equal((FrameKind.Call, 7), Next(peer));

        _ = urgent.WaitAsync().AsTask();
        Assert.Equal((FrameKind.Call, 0), Next(peer));
    }

    [Fact]
    public async Task Answers_carry_the_priority_of_their_call_whatever_they_are()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("unix");
        await using var server = new IpcServer();
        server.AddService<IUrgent>(new Urgent());
        _ = await server.ListenAsync(endpoint);
        using RawPeer peer = RawPeer.Connect(endpoint).Greet();

        ulong echo = MethodId.Of("tests.urgent/EchoAsync");
        peer.Send(Call(1, echo, priority: 3, 0x91, 0xC4, 2, 8, 9));
        Assert.Equal((FrameKind.Result, 3), Next(peer));

        peer.Send(Call(2, echo, priority: 4, 0x91, 0xC4, 0));
        Assert.Equal((FrameKind.Fault, 4), Next(peer));

        peer.Send(Call(3, Unknown, priority: 5, 0x90));
        Assert.Equal((FrameKind.Fault, 5), Next(peer));

        peer.Send(Call(4, echo, priority: 1, 0x91, 0xC4, 1, 100));
        Assert.Equal((FrameKind.Result, 1), Next(peer));
        Assert.Equal((FrameKind.Fragment, 1), Next(peer));
    }

    private static byte[] Call(uint id, ulong method, byte priority, params ReadOnlySpan<byte> arguments)
    {
        byte[] frame = RawPeer.Frame(FrameKind.Call, FrameFlags.None, id, method, arguments);
        new FrameHeader(FrameKind.Call, FrameFlags.None, id, method, Processor: 1, priority).Write(frame.AsSpan(FrameHeader.PrefixLength));
        return frame;
    }

    private static (FrameKind Kind, int Priority) Next(RawPeer peer)
    {
        (FrameHeader header, _) = peer.Receive() ?? throw new InvalidOperationException("The other side closed.");
        return (header.Kind, header.Priority);
    }

    private sealed class Urgent : IUrgent
    {
        /// <summary>One byte n: n kilobytes. None: a fault. Else the same.</summary>
        public ValueTask<byte[]> EchoAsync(byte[] bytes, CancellationToken cancellationToken = default) => bytes.Length switch
        {
            0 => throw new ArgumentException("Nothing to echo."),
            1 => new(new byte[bytes[0] * 1000]),
            _ => new(bytes),
        };

        public ValueTask HurryAsync() => default;

        public ValueTask WaitAsync() => default;
    }
}
