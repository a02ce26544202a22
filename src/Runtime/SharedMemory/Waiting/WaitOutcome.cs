namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>How a wait for a word ended.</summary>
internal enum WaitOutcome
{
    /// <summary>The word is no longer what it was: look again whether that is enough.</summary>
    Changed,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>The caller's token was cancelled.</summary>
    Cancelled,

    /// <summary>The object was disposed during the wait.</summary>
    Closed,
}
