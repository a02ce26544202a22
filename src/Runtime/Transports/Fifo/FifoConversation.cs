using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;

namespace Contracts.Ipc.Transports.Fifo;

/// <summary>Sending and awaiting the messages before a connection.</summary>
internal static class FifoConversation
{
    /// <summary>How much a connection's FIFO holds, where the system allows it: one of the largest frames always fits, so that it goes in one call.</summary>
    public const int Capacity = 128 * 1024;

    /// <summary>Sends a message into a FIFO of its own, in which nothing is yet.</summary>
    /// <returns>False if nobody reads it any more.</returns>
    public static bool TrySend(SafeDescriptor writing, FifoMessage message) =>
        FileIO.Send(writing.Number, message.ToBytes(), default) == FifoMessage.Size;

    /// <summary>Waits for one message, and takes not a byte of what follows it.</summary>
    /// <param name="reading">The FIFO that it comes from. That nobody has opened it for writing yet is no end.</param>
    /// <param name="peer">The other FIFO: its end is the peer's end as well.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null if the peer is gone, or what came is no message.</returns>
    public static async ValueTask<FifoMessage?> ReceiveAsync(SafeDescriptor reading, SafeDescriptor peer, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[FifoMessage.Size];
        int received = 0;
        using DescriptorWatch watch = new(reading, peer);
        while (received < bytes.Length)
        {
            bool hasEnded = watch.HasEnded;
            int count = FileIO.Receive(reading.Number, bytes.AsSpan(received));
            if (count > 0)
            {
                received += count;
            }
            else if (hasEnded || -count is not (0 or Errno.EAGAIN))
            {
                return null;
            }
            else
            {
                await watch.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return FifoMessage.TryRead(bytes, out FifoMessage message) ? message : null;
    }
}
