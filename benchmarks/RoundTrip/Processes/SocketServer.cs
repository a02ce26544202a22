using System.Net.Sockets;
using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Processes;

/// <summary>Bounces messages of a fixed length over a bare .NET socket: what anything built on <see cref="Socket"/> has to reckon with.</summary>
internal static class SocketServer
{
    public static void Start(string path, SocketSide side)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        if (side.IsAsync)
        {
            _ = Task.Run(async () => await BounceAsync(listener, side.Length).ConfigureAwait(false));
        }
        else
        {
            new Thread(() => Bounce(listener, side)) { IsBackground = true }.Start();
        }
    }

    private static void Bounce(Socket listener, SocketSide side)
    {
        using Socket socket = listener.Accept();
        var message = new byte[side.Length];
        while (socket.TryReceiveAll(message))
        {
            socket.SendAll(message);
            if (side.FreshArrays)
            {
                message = GC.AllocateUninitializedArray<byte>(side.Length);
            }
        }
    }

    private static async Task BounceAsync(Socket listener, int length)
    {
        using Socket socket = await listener.AcceptAsync().ConfigureAwait(false);
        var message = new byte[length];
        while (await socket.TryReceiveAllAsync(message).ConfigureAwait(false))
        {
            await socket.SendAllAsync(message).ConfigureAwait(false);
        }
    }
}
