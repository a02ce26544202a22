namespace Contracts.Ipc.Transports;

/// <summary>
/// How long an accept loop pauses when the system lacks descriptors or memory: a little longer each time, so that it neither spins
/// on a backlog that stays readable nor ends.
/// </summary>
internal struct AcceptBackoff
{
    private const int First = 10;
    private const int Longest = 1000;

    private int _milliseconds;

    /// <summary>The next pause.</summary>
    public int Next() => _milliseconds = Math.Clamp(2 * _milliseconds, First, Longest);

    /// <summary>Says that accepting worked again.</summary>
    public void Reset() => _milliseconds = 0;
}
