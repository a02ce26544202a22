using System.Numerics;

namespace Contracts.Ipc.Transports.PosixQueue;

/// <summary>How many messages of what length a queue holds, and what that costs of the user's limit.</summary>
/// <remarks>
/// The limit is for all queues that this user has made, so no queue takes more than its share: a server's an eighth, a client's an eightieth. Seventy clients of one
/// server then have room, and something is left for others. With the system's defaults (819,200 bytes, 10 messages of 8 KiB at most) that is 10 x 8192 and 4 x 2048.
/// </remarks>
internal readonly record struct PosixQueueShape(int Depth, int MessageLength)
{
    private const int ServerShare = 8;
    private const int ClientShare = 80;
    private const int LongestMessage = 8192;
    private const int ShortestMessage = 512;
    private const int PreferredDepth = 10;
    private const int LeastDepth = 4;

    // ipc/mqueue.c charges for every message that a queue can hold a struct msg_msg and a node of its tree, whatever is in it.
    private const int Overhead = 96;

    /// <summary>What the kernel counts for it.</summary>
    public long Cost => (long)Depth * (MessageLength + Overhead);

    /// <summary>A server's request queue.</summary>
    /// <param name="limits">Of the system.</param>
    /// <param name="capacity">The depth that the user asks for, if any.</param>
    public static PosixQueueShape ForRequests(PosixQueueLimits limits, int? capacity) => Fit(limits, ServerShare, capacity);

    /// <summary>A client's reply queue.</summary>
    /// <param name="limits">Of the system.</param>
    /// <param name="capacity">The depth that the user asks for, if any.</param>
    public static PosixQueueShape ForReplies(PosixQueueLimits limits, int? capacity) => Fit(limits, ClientShare, capacity);

    private static PosixQueueShape Fit(PosixQueueLimits limits, int shares, int? capacity)
    {
        long share = (long)Math.Min(limits.Bytes / (ulong)shares, int.MaxValue);
        int leastDepth = capacity ?? Math.Min(LeastDepth, limits.Depth);
        int longest = Math.Clamp(limits.MessageLength, ShortestMessage, LongestMessage);

        // Length first: what does not fit a message takes several, and several calls of the kernel.
        long affordable = (share / leastDepth) - Overhead;
        int length = affordable >= longest ? longest : (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(affordable, ShortestMessage) + 1) / 2;
        int depth = capacity ?? (int)Math.Clamp(share / (length + Overhead), leastDepth, Math.Min(PreferredDepth, limits.Depth));
        return new PosixQueueShape(depth, Math.Max(length, ShortestMessage));
    }
}
