using System.ComponentModel;

namespace Contracts.Ipc.CompilerServices;

/// <summary>
/// A contract that <typeparamref name="TDerived"/> inherits: whoever offers the derived contract offers this one too.
/// </summary>
/// <typeparam name="TDerived">The derived contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class IpcBaseContract<TDerived>
    where TDerived : class
{
    private protected IpcBaseContract()
    {
    }

    /// <summary>The inherited contract.</summary>
    public abstract IpcContract Contract { get; }

    internal abstract void Accept(IBaseContractVisitor<TDerived> visitor);
}

/// <summary>States that <typeparamref name="TDerived"/> inherits the contract <typeparamref name="TBase"/>.</summary>
/// <typeparam name="TDerived">The derived contract.</typeparam>
/// <typeparam name="TBase">The inherited contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IpcBaseContract<TDerived, TBase> : IpcBaseContract<TDerived>
    where TDerived : class, TBase
    where TBase : class, IIpcContract<TBase>
{
    /// <inheritdoc/>
    public override IpcContract Contract => TBase.Contract;

    internal override void Accept(IBaseContractVisitor<TDerived> visitor) => visitor.Visit(TBase.Contract);
}

/// <summary>Sees the inherited contract with its static type.</summary>
/// <typeparam name="TDerived">The derived contract.</typeparam>
internal interface IBaseContractVisitor<TDerived>
    where TDerived : class
{
    void Visit<TBase>(IpcContract<TBase> contract)
        where TBase : class;
}
