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
    /// <summary>Odd while somebody holds the lease. Each holding takes it to the next odd number and its end to the next even one, so that no epoch comes twice.</summary>
    private int _word;

    /// <summary>Whether nobody holds it: a hint, it may change at once.</summary>
    internal bool IsFree => (Volatile.Read(ref _word) & 1) == 0;

    /// <summary>Takes the lease if it is free.</summary>
    /// <param name="epoch">Names this holding.</param>
    internal bool TryTake(out int epoch)
    {
        int word = Volatile.Read(ref _word);
        epoch = word + 1;

        // Acquire: pairs with the release in Release; the new holder sees the channel as the old one left it.
        return (word & 1) == 0 && Interlocked.CompareExchange(ref _word, epoch, word) == word;
    }

    /// <summary>Whether the holding is still in force.</summary>
    internal bool IsHeld(int epoch) => Volatile.Read(ref _word) == epoch;

    /// <summary>Ends a holding, by its holder or by whoever takes it away. Does nothing if it has ended already.</summary>
    /// <returns>Whether this call ended it.</returns>
    internal bool Release(int epoch) => Interlocked.CompareExchange(ref _word, epoch + 1, epoch) == epoch;
}
