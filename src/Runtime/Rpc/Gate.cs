using System.Runtime.CompilerServices;

namespace Contracts.Ipc.Rpc;

/// <summary>A lock for sections of a few instructions that never block and never run anybody else's code.</summary>
/// <remarks>
/// Entering is one compare-and-swap and leaving a plain store; <see cref="Lock"/> needs a second one, which tells sleepers. Here nobody sleeps: who finds
/// the gate closed spins and yields. A call passes six of them, so that the difference is a tenth of what it costs over shared memory.
/// Not re-entrant. A field of this type must not be readonly.
/// </remarks>
internal struct Gate
{
    private int _closed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Enter()
    {
        if (Interlocked.CompareExchange(ref _closed, 1, 0) != 0)
        {
            Wait();
        }
    }

    /// <summary>Release: pairs with the compare-and-swap of the next one to enter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Leave() => Volatile.Write(ref _closed, 0);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Wait()
    {
        var spin = new SpinWait();
        do
        {
            // Without Sleep(1), which would be a thousand times the section.
            spin.SpinOnce(sleep1Threshold: -1);
        }
        while (Volatile.Read(ref _closed) != 0 || Interlocked.CompareExchange(ref _closed, 1, 0) != 0);
    }
}
