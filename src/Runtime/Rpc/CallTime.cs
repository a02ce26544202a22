namespace Contracts.Ipc.Rpc;

/// <summary>How long a call of the peer may take.</summary>
/// <param name="Milliseconds">What it had left when it was sent; 0 for no bound.</param>
/// <param name="Deadline">Until when, in <see cref="Environment.TickCount64"/>, or <see cref="NotSettled"/>.</param>
internal readonly record struct CallTime(uint Milliseconds, long Deadline)
{
    /// <summary>Nobody has looked at the clock yet.</summary>
    internal const long NotSettled = 0;

    /// <summary>The time of a call that has just come.</summary>
    internal static CallTime JustCome(uint milliseconds) => new(milliseconds, NotSettled);

    /// <summary>The same, counted from now.</summary>
    internal CallTime Settle() => Milliseconds == 0 ? new CallTime(0, long.MaxValue) : this with { Deadline = Environment.TickCount64 + Milliseconds };
}
