using Contracts.Ipc.Protocol;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// On which processor a frame was sent. A peer on the same one cannot run while this side polls, so polling for it would only delay it; a
/// peer on another one answers within the budget or not, however few processors this process may use.
/// </summary>
internal static class ProcessorHint
{
    /// <summary>One more than the number of the calling thread's processor, as frames carry it.</summary>
    internal static ushort Current => (ushort)((Thread.GetCurrentProcessorId() + 1) & FrameHeader.ProcessorMask);

    /// <summary>Whether polling makes sense for a peer whose last frame carried this hint.</summary>
    internal static bool IsElsewhere(ushort peer) => peer == 0 ? Environment.ProcessorCount > 1 : peer != Current;
}
