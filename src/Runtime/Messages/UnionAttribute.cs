namespace Contracts.Ipc;

/// <summary>
/// Lists one concrete type of a closed hierarchy. A value travels as <c>[tag, value]</c>; a tag that is not listed is an
/// error, never a type lookup.
/// </summary>
/// <param name="tag">The number on the wire. It must never be reused for another type.</param>
/// <param name="type">The concrete type.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public sealed class UnionAttribute(int tag, Type type) : Attribute
{
    /// <summary>The number on the wire.</summary>
    public int Tag { get; } = tag;

    /// <summary>The concrete type.</summary>
    public Type Type { get; } = type;
}
