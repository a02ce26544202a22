using System.Net.Sockets;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Processes;

/// <summary>Whole messages over a stream socket, as plainly as it can be written.</summary>
internal static class SocketMessages
{
    public static void SendAll(this Socket socket, byte[] message)
    {
        for (int sent = 0; sent < message.Length;)
        {
            sent += socket.Send(message.AsSpan(sent));
        }
    }

    public static bool TryReceiveAll(this Socket socket, byte[] message)
    {
        for (int received = 0; received < message.Length;)
        {
            int count = socket.Receive(message.AsSpan(received));
            if (count == 0)
            {
                return false;
            }

            received += count;
        }

        return true;
    }

    public static async ValueTask SendAllAsync(this Socket socket, byte[] message)
    {
        for (int sent = 0; sent < message.Length;)
        {
            sent += await socket.SendAsync(message.AsMemory(sent)).ConfigureAwait(false);
        }
    }

    public static async ValueTask<bool> TryReceiveAllAsync(this Socket socket, byte[] message)
    {
        for (int received = 0; received < message.Length;)
        {
            int count = await socket.ReceiveAsync(message.AsMemory(received)).ConfigureAwait(false);
            if (count == 0)
            {
                return false;
            }

            received += count;
        }

        return true;
    }
}
