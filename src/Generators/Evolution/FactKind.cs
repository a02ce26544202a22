namespace Contracts.Ipc.Generators.Evolution;

/// <summary>What one line of a baseline is about. The order is that of the lines of one owner.</summary>
internal enum FactKind
{
    /// <summary>A contract, by its name on the wire.</summary>
    Contract,

    /// <summary>The fingerprint of a contract: the same number that travels in the handshake.</summary>
    Fingerprint,

    /// <summary>A method of a contract.</summary>
    Method,

    /// <summary>A parameter of a method, by its place among those that travel.</summary>
    Parameter,

    /// <summary>A fault that a method declares.</summary>
    Fault,

    /// <summary>A class, record or struct whose members travel.</summary>
    Message,

    /// <summary>A member of a message, by its key.</summary>
    Member,

    /// <summary>An enum that travels.</summary>
    Enum,

    /// <summary>A constant of an enum.</summary>
    Constant,

    /// <summary>A closed hierarchy.</summary>
    Union,

    /// <summary>A case of a union, by its tag.</summary>
    Case,

    /// <summary>A struct in shared memory.</summary>
    Layout,

    /// <summary>A leaf of a shared struct, by its path.</summary>
    Leaf,

    /// <summary>What must never be used again.</summary>
    Reserved,
}
