namespace Contracts.Ipc.Transports.Polling;

/// <summary>Something that the reactor polls while it is awake: a session.</summary>
internal interface IPolled
{
    /// <summary>Whether it is in the reactor's list. Belongs to the reactor: only the thread that holds its role reads or writes it.</summary>
    bool IsAwake { get; set; }

    /// <summary>How long it wants to be polled after the last thing that came.</summary>
    TimeSpan PollingBudget { get; }

    /// <summary>What a poll that finds nothing costs, in the time of one of the cheapest.</summary>
    int PollCost { get; }

    /// <summary>Takes what is ready, without waiting.</summary>
    /// <param name="thread">The calling reactor thread.</param>
    PollResult Poll(ReactorThread thread);

    /// <summary>Polling ends: ask for an event for what comes next.</summary>
    void Park();
}

/// <summary>What one poll found.</summary>
internal enum PollResult
{
    /// <summary>Nothing.</summary>
    Idle,

    /// <summary>Something; there may be more.</summary>
    Progress,

    /// <summary>It needs no more polling: it has ended, or another thread receives.</summary>
    Leave,

    /// <summary>
    /// User code kept the thread for so long that another one has taken over the reactor. The calling thread must touch nothing of it.
    /// </summary>
    Overtaken,
}
