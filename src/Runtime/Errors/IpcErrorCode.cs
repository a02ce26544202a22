namespace Contracts.Ipc;

/// <summary>What went wrong, for programs. The numbers are part of the protocol and never change.</summary>
public enum IpcErrorCode
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The handler threw an exception that the contract does not declare.</summary>
    RemoteException = 1,

    /// <summary>The handler threw a fault that the contract declares.</summary>
    Fault = 2,

    /// <summary>The connection is closed, was lost, or could not be made.</summary>
    ConnectionLost = 3,

    /// <summary>The peer does not offer the contract or does not know the method.</summary>
    Unimplemented = 4,

    /// <summary>A limit was reached: connections, calls in flight, queued bytes, message size.</summary>
    ResourceExhausted = 5,

    /// <summary>The peer may not do this.</summary>
    PermissionDenied = 6,

    /// <summary>The peer broke the protocol; the connection is closed.</summary>
    ProtocolViolation = 7,

    /// <summary>A value could not be written or read as MessagePack.</summary>
    Serialization = 8,

    /// <summary>The call was cancelled.</summary>
    Cancelled = 9,

    /// <summary>The deadline of the call passed.</summary>
    DeadlineExceeded = 10,

    /// <summary>The peer speaks a protocol version that this library does not.</summary>
    VersionMismatch = 11,

    /// <summary>An endpoint could not be parsed, is in use, or cannot be used on this platform.</summary>
    Endpoint = 12,

    /// <summary>A shared-memory object could not be made, opened or used, for a reason that no other code names.</summary>
    SharedMemory = 13,

    /// <summary>There is no shared-memory object of that name.</summary>
    NotFound = 14,

    /// <summary>A shared-memory object of that name exists.</summary>
    AlreadyExists = 15,

    /// <summary>A shared-memory object was made for another struct, kind, format version, C library or pid namespace.</summary>
    Incompatible = 16,
}
