namespace Contracts.Ipc.Cli.Outcomes;

/// <summary>What the process ends with. Scripts rely on these numbers: docs/cli.md lists them, and they never change.</summary>
internal enum ExitCode
{
    /// <summary>It was done, and all is well.</summary>
    Ok = 0,

    /// <summary>It was done, and something is not well: doctor found an error, clean could not remove everything.</summary>
    Unwell = 1,

    /// <summary>The command line cannot be understood.</summary>
    Usage = 2,

    /// <summary>Nobody listens at the endpoint.</summary>
    NobodyListens = 3,

    /// <summary>The server, or the system, does not allow it.</summary>
    Refused = 4,

    /// <summary>The handler answered with a fault or an exception.</summary>
    Fault = 5,

    /// <summary>No answer in time.</summary>
    Timeout = 6,

    /// <summary>There is no such contract, method or instance, or the server does not offer this.</summary>
    NotOffered = 7,

    /// <summary>A limit is reached.</summary>
    Exhausted = 8,

    /// <summary>The connection was lost after the call had been sent: it may have been executed.</summary>
    Lost = 9,

    /// <summary>What came cannot be understood: another protocol, another version, broken bytes.</summary>
    Incompatible = 10,

    /// <summary>A file cannot be read or written.</summary>
    File = 11,

    /// <summary>An error of the tool itself.</summary>
    Internal = 70,

    /// <summary>Ctrl+C.</summary>
    Interrupted = 130,
}
