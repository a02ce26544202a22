namespace Contracts.Ipc;

/// <summary>
/// Plugs in a formatter of the user's. On a type or member it applies there; on an assembly it applies to every use of the
/// type that the formatter formats.
/// </summary>
/// <param name="formatterType">A struct that implements <see cref="Serialization.IMessageFormatter{T}"/>.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface | AttributeTargets.Property
        | AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class IpcFormatterAttribute(Type formatterType) : Attribute
{
    /// <summary>The formatter.</summary>
    public Type FormatterType { get; } = formatterType;
}
