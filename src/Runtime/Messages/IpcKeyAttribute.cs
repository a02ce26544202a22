namespace Contracts.Ipc;

/// <summary>Gives a member of an <see cref="IpcMessageAttribute"/> type its key on the wire.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class IpcKeyAttribute : Attribute
{
    /// <summary>An index into the message's array, from 0. Gaps travel as nil.</summary>
    /// <param name="index">The index, from 0.</param>
    public IpcKeyAttribute(int index) => Index = index;

    /// <summary>A key of the message's map.</summary>
    /// <param name="name">The name on the wire.</param>
    public IpcKeyAttribute(string name) => Name = name;

    /// <summary>The index, or null where the key is a name.</summary>
    public int? Index { get; }

    /// <summary>The name, or null where the key is an index.</summary>
    public string? Name { get; }
}
