using System.Diagnostics;
using System.Net.Sockets;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Integration.Tests.Hostile;

public sealed class HandshakeTests
{
    public static TheoryData<string, byte[], string> BadOpenings => new()
    {
        { "wrong magic", RawPeer.Frame(FrameKind.Hello, FrameFlags.None, 0xDEADBEEF, 1, 0x90), "does not speak this protocol" },
        { "another protocol", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), "does not speak this protocol" },
        { "a later version", RawPeer.Hello(new FrameHeader(FrameKind.Hello, FrameFlags.None, Handshake.Magic, 7 | (7 << 16))), "protocol version 7" },
        { "garbage behind a good header", RawPeer.Frame(FrameKind.Hello, FrameFlags.None, Handshake.Magic, 1 | (1 << 16), 0xC1, 0xFF, 0x00), "cannot be read" },
        { "too few values", RawPeer.Frame(FrameKind.Hello, FrameFlags.None, Handshake.Magic, 1 | (1 << 16), 0x91, 0xC0), "cannot be read" },
        { "absurd counts", RawPeer.Frame(FrameKind.Hello, FrameFlags.None, Handshake.Magic, 1 | (1 << 16), 0xDD, 0xFF, 0xFF, 0xFF, 0xFF), "cannot be read" },
        { "a call before Hello", RawPeer.Call(0, 1, 1), "does not speak this protocol" },
        { "Welcome instead of Hello", RawPeer.Hello(Handshake.Header(FrameKind.Welcome)), "Welcome" },
        { "Hello twice", [.. RawPeer.Hello(), .. RawPeer.Hello()], "Hello" },
        { "an empty frame", [0, 0, 0, 0], "shorter than the 16 bytes" },
        { "a frame shorter than a header", [15, 0, 0, 0, 1, 2, 3], "shorter than the 16 bytes" },
        { "an oversized frame", [0xFF, 0xFF, 0xFF, 0x7F, 1, 0, 0, 0], "announced a frame of 2147483647 bytes" },
    };

    [Theory, MemberData(nameof(BadOpenings))]
    public async Task A_bad_opening_is_refused_with_a_sentence(string what, byte[] bytes, string expected)
    {
        await using Siege siege = await Siege.OpenAsync();
        using RawPeer peer = siege.Attack();
        peer.Send(bytes);
        string? words = peer.LastWords();
        Assert.True(words?.Contains(expected, StringComparison.Ordinal), $"{what}: '{words}'");
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_silent_client_is_let_go_at_the_handshake_deadline_with_a_sentence_and_a_log_line()
    {
        await using Siege siege = await Siege.OpenAsync();
        using RawPeer peer = siege.Attack();
        long start = Stopwatch.GetTimestamp();
        Assert.Contains("did not finish the handshake within 0.3 s", peer.LastWords(), StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 250, 5000);
        Assert.True(Within.Eventually(() => siege.Log.Lines.Any(static line => line.Id == 102 && line.Text.Contains("handshake", StringComparison.Ordinal))));
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_client_that_sends_its_Hello_a_byte_at_a_time_is_let_go_at_the_handshake_deadline()
    {
        await using Siege siege = await Siege.OpenAsync();
        using RawPeer peer = siege.Attack();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        byte[] hello = RawPeer.Hello();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < hello.Length - 1 && peer.TrySend(hello.AsSpan(i, 1)); i++)
        {
            _ = await pace.WaitForNextTickAsync();
            if (peer.Socket.Poll(0, SelectMode.SelectRead))
            {
                break;
            }
        }

        Assert.Contains("handshake", peer.LastWords(), StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 250, 5000);
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_client_that_closes_in_the_middle_of_its_Hello_is_forgotten()
    {
        await using Siege siege = await Siege.OpenAsync();
        using (RawPeer peer = siege.Attack())
        {
            peer.Send(RawPeer.Hello().AsSpan(0, 20));
        }

        Assert.True(Within.Eventually(() => siege.Server.Connections.Count == 1));
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Five_hundred_silent_connections_do_not_keep_a_client_out()
    {
        await using Siege siege = await Siege.OpenAsync();
        var silent = new List<RawPeer>();
        try
        {
            for (int i = 0; i < 500; i++)
            {
                silent.Add(siege.Attack());
            }

            long start = Stopwatch.GetTimestamp();
            await using (IpcConnection client = await IpcConnection.ConnectAsync(siege.Endpoint).InTime())
            {
                Assert.Equal(5, await client.GetProxy<IProbe>().RunAsync(5).InTime());
            }

            // 64 at a time, 0.3 s each.
            Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
        }
        finally
        {
            silent.ForEach(static peer => peer.Dispose());
        }

        Assert.True(Within.Eventually(() => siege.Server.Connections.Count == 1));
        await siege.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_client_of_a_server_that_stays_silent_gets_an_error_at_its_deadline()
    {
        using var server = new RawServer();
        IpcConnectionException refused = await Assert.ThrowsAsync<IpcConnectionException>(() => IpcConnection.ConnectAsync(
            server.Endpoint, new IpcConnectionOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(200) }).InTime());
        Assert.Contains("handshake", refused.Message, StringComparison.Ordinal);
        Assert.Equal(IpcDelivery.NotSent, refused.Delivery);
    }

    [Fact]
    public async Task A_client_of_a_server_of_another_version_learns_both_versions()
    {
        using var server = new RawServer();
        Task<IpcConnection> connecting = IpcConnection.ConnectAsync(server.Endpoint).AsTask();
        using RawPeer accepted = server.Accept();
        accepted.Send(RawPeer.Hello(new FrameHeader(FrameKind.Welcome, FrameFlags.None, Handshake.Magic, 9 | (9 << 16))));
        IpcProtocolException refused = await Assert.ThrowsAsync<IpcProtocolException>(() => connecting.InTime());
        Assert.Equal(IpcErrorCode.VersionMismatch, refused.Code);
        Assert.Contains("version 9", refused.Message, StringComparison.Ordinal);
        Assert.Contains("version 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_of_something_else_learns_that_it_is_not_a_server_of_this_protocol()
    {
        using var server = new RawServer();
        Task<IpcConnection> connecting = IpcConnection.ConnectAsync(server.Endpoint).AsTask();
        using RawPeer accepted = server.Accept();
        accepted.Send("220 mail.example.org ESMTP\r\n"u8);
        _ = await Assert.ThrowsAsync<IpcProtocolException>(() => connecting.InTime());
    }

    [Fact]
    public async Task A_client_whose_server_hangs_up_during_the_handshake_gets_an_error()
    {
        using var server = new RawServer();
        Task<IpcConnection> connecting = IpcConnection.ConnectAsync(server.Endpoint).AsTask();
        server.Accept().Dispose();
        IpcConnectionException lost = await Assert.ThrowsAsync<IpcConnectionException>(() => connecting.InTime());
        Assert.Contains("handshake", lost.Message, StringComparison.Ordinal);
    }
}
