namespace Contracts.Ipc;

/// <summary>
/// Declares that a method, or every method of a contract, may fail with <see cref="IpcFaultException{TDetail}"/> whose
/// detail is <paramref name="detailType"/>. The detail then travels typed.
/// </summary>
/// <param name="detailType">A serializable type that says what went wrong.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public sealed class IpcFaultAttribute(Type detailType) : Attribute
{
    /// <summary>The type of the fault's detail.</summary>
    public Type DetailType { get; } = detailType;
}
