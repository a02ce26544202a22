namespace Contracts.Ipc;

/// <summary>
/// Marks a partial interface as a contract between processes. The source generator adds its proxy, its stub and its
/// MessagePack code.
/// </summary>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class IpcServiceAttribute : Attribute
{
    /// <summary>
    /// The contract's name on the wire. Default: the full type name with '.' for nesting. It must not contain '/'.
    /// </summary>
    public string? Name { get; set; }
}
