namespace Contracts.Ipc;

/// <summary>
/// Remembers what once stood on the wire and must never mean anything else: the key or name of a removed member, the tag of a removed union case, the
/// constant of an enum, the method of a contract. To use it again is an error.
/// </summary>
/// <remarks>
/// An older process still sends it, or still understands it in the old sense. One attribute for each thing that is gone; none is ever taken away again.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public sealed class IpcReservedAttribute : Attribute
{
    /// <summary>Reserves a number: the key of a message, the tag of a union, the value of an enum.</summary>
    /// <param name="number">The number on the wire.</param>
    public IpcReservedAttribute(long number) => Number = number;

    /// <summary>Reserves a name: the key of a message or one of its members, a constant of an enum, the name of a contract's method on the wire.</summary>
    /// <param name="name">The name.</param>
    public IpcReservedAttribute(string name) => Name = name;

    /// <summary>Reserves a number and the name that it had.</summary>
    /// <param name="number">The number on the wire.</param>
    /// <param name="name">What it was called.</param>
    public IpcReservedAttribute(long number, string name)
    {
        Number = number;
        Name = name;
    }

    /// <summary>The number, or null where only a name is reserved.</summary>
    public long? Number { get; }

    /// <summary>The name, or null where only a number is reserved.</summary>
    public string? Name { get; }
}
