namespace Contracts.Ipc;

/// <summary>
/// Says that newer versions may send what this one does not know: another value of an enum, another case of a union. Without it, what is not known is
/// refused.
/// </summary>
/// <remarks>
/// An enum marked <see cref="FlagsAttribute"/> is open already, and so is one of an assembly that does not use this library. To open an enum or union is compatible,
/// to close it is not: so whatever may grow is best born open.
/// </remarks>
[AttributeUsage(AttributeTargets.Enum | AttributeTargets.Class | AttributeTargets.Interface, Inherited = false)]
public sealed class IpcOpenAttribute : Attribute
{
    /// <summary>On an enum: a number that has no name is kept as it is, and written again as it came.</summary>
    public IpcOpenAttribute()
    {
    }

    /// <summary>What stands for all that is not known.</summary>
    /// <param name="fallback">
    /// On an enum one of its constants: a number that has no name is read as this one. On a union a type that derives from it: a case with an unknown tag is
    /// read as a new one, made by the constructor that takes the tag as an <see cref="int"/>, or by the one without parameters; what the case held is lost.
    /// </param>
    public IpcOpenAttribute(object fallback) => Fallback = fallback;

    /// <summary>The constant or type that stands for what is not known; null where a number is kept as it is.</summary>
    public object? Fallback { get; }
}
