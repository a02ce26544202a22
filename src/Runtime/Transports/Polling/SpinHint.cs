using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Contracts.Ipc.Transports.Polling;

/// <summary>Tells the processor that a thread polls: it gives its twin on the same core the room, and leaves the loop without a misprediction.</summary>
/// <remarks><see cref="Thread.SpinWait"/> does the same for longer: it is made for who waits for a lock, and would find a message tens of nanoseconds late.</remarks>
internal static class SpinHint
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Give()
    {
        if (X86Base.IsSupported)
        {
            X86Base.Pause();
        }
        else if (ArmBase.IsSupported)
        {
            ArmBase.Yield();
        }
    }
}
