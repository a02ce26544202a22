using System.ComponentModel;

namespace Contracts.Ipc;

/// <summary>
/// What the generator makes of a contract: the one static member through which proxy, stub and method table are found,
/// without reflection, registry or initializer.
/// </summary>
/// <typeparam name="TSelf">The contract itself.</typeparam>
public interface IIpcContract<TSelf>
    where TSelf : class, IIpcContract<TSelf>
{
    /// <summary>The generated description of the contract. Use <see cref="IpcContract.Of{T}"/> to read it.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract IpcContract<TSelf> Contract { get; }
}
