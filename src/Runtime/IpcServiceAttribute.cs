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

    /// <summary>
    /// Whether the contract may travel as POSIX signals (<c>signal:</c> endpoints), besides all other ways. Each method is a signal number then: all must be marked
    /// <see cref="OneWayAttribute"/>, have no parameters but a <see cref="CancellationToken"/>, and be few (IPC1026, IPC1027, IPC1028).
    /// </summary>
    public bool Signals { get; set; }
}
