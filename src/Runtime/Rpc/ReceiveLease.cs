namespace Contracts.Ipc.Rpc;

/// <summary>
/// Hands the right to receive on one channel from thread to thread.
/// </summary>
/// <remarks>
/// At any moment at most one thread polls a channel: the holder. A caller that waits for a reply takes the lease if it is
/// free and polls for itself, so that in the common case the reply arrives without a thread switch. A holder that stops
/// polling must hand over while replies are outstanding; otherwise they would wait for the next call. Each holding has an
/// epoch of its own, so that a thread whose lease was taken away while it ran user code finds out by comparing.
/// </remarks>
internal sealed class ReceiveLease
{
    private const int Free = 0;

    private int _holder;
    private int _epochs;

    /// <summary>Takes the lease if it is free.</summary>
    /// <param name="epoch">Names this holding.</param>
    internal bool TryTake(out int epoch)
    {
        epoch = Free;
        if (Volatile.Read(ref _holder) != Free)
        {
            return false;
        }

        // Any value but Free will do that no earlier holding still compares with.
        int next = Interlocked.Increment(ref _epochs);
        next = next == Free ? Interlocked.Increment(ref _epochs) : next;

        // Acquire: pairs with the release in Release; the new holder sees the channel as the old one left it.
        if (Interlocked.CompareExchange(ref _holder, next, Free) != Free)
        {
            return false;
        }

        epoch = next;
        return true;
    }

    /// <summary>Whether the holding is still in force.</summary>
    internal bool IsHeld(int epoch) => Volatile.Read(ref _holder) == epoch;

    /// <summary>Ends a holding, by its holder or by whoever takes it away. Does nothing if it has ended already.</summary>
    /// <returns>Whether this call ended it.</returns>
    internal bool Release(int epoch) => Interlocked.CompareExchange(ref _holder, Free, epoch) == epoch;
}
