namespace Contracts.Ipc;

/// <summary>
/// On a static partial class: generates a contract for an interface that cannot be edited. The class receives a
/// <c>public static IpcContract&lt;T&gt; Contract</c> to pass to the overloads that take a contract.
/// </summary>
/// <param name="contractType">The foreign interface.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class IpcContractForAttribute(Type contractType) : Attribute
{
    /// <summary>The foreign interface.</summary>
    public Type ContractType { get; } = contractType;

    /// <summary>The contract's name on the wire. Default: the full type name of the interface.</summary>
    public string? Name { get; set; }

    /// <summary>Whether the contract may travel as POSIX signals: see <see cref="IpcServiceAttribute.Signals"/>.</summary>
    public bool Signals { get; set; }
}
