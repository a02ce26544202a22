using System.Collections.Immutable;
using System.Text;
using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc;

/// <summary>
/// A contract as the runtime sees it: its name, its methods, the fingerprint that is compared on the wire, and how to make
/// a proxy. Instances are made by generated code.
/// </summary>
public abstract class IpcContract
{
    private readonly Func<ReadOnlySpan<byte>>? _declaration;

    private protected IpcContract(string name, ulong fingerprint, string description, Func<ReadOnlySpan<byte>>? declaration)
    {
        _declaration = declaration;
        Name = name;
        Fingerprint = fingerprint;
        Description = description;
    }

    /// <summary>The name on the wire.</summary>
    public string Name { get; }

    /// <summary>
    /// The 64-bit FNV-1a hash of <see cref="Description"/>. Equal fingerprints mean the same wire format; different
    /// ones may still be compatible.
    /// </summary>
    public ulong Fingerprint { get; }

    /// <summary>What travels, one fact a line: methods, parameters, messages, keys. Stable between builds.</summary>
    public string Description { get; }

    /// <summary>
    /// The contract and its messages as C#, with everything that matters on the wire and the names that do not travel: compiled again, it has the same
    /// fingerprint. One line for each member, without indentation; empty for a contract that was not generated.
    /// </summary>
    public string Declaration => _declaration is null ? "" : Encoding.UTF8.GetString(_declaration());

    /// <summary>Whether the contract may travel as signals: see <see cref="IpcServiceAttribute.Signals"/>.</summary>
    public bool TravelsAsSignals { get; init; }

    /// <summary>The methods of the contract, inherited ones included, in the order of the description.</summary>
    public abstract ImmutableArray<IpcMethod> Methods { get; }

    /// <summary>Contracts that this one inherits and therefore offers too.</summary>
    internal abstract IEnumerable<IpcContract> BaseContracts { get; }

    /// <summary>The contract that the generator made for <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">An interface marked <see cref="IpcServiceAttribute"/>.</typeparam>
    /// <returns>The one instance of that contract.</returns>
    public static IpcContract<T> Of<T>()
        where T : class, IIpcContract<T>
        => T.Contract;
}

/// <summary>The contract of <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The contract interface.</typeparam>
public sealed class IpcContract<T> : IpcContract
    where T : class
{
    private readonly Func<IpcProxyTarget, T> _createProxy;
    private readonly IpcMethod<T>[] _methods;
    private readonly IpcBaseContract<T>[] _bases;

    /// <summary>Called by generated code.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="fingerprint">FNV-1a of the description.</param>
    /// <param name="description">One fact a line.</param>
    /// <param name="createProxy">Makes a proxy for a target.</param>
    /// <param name="methods">The methods, inherited ones included.</param>
    /// <param name="bases">Contracts that this one inherits and therefore offers too.</param>
    /// <param name="declaration">The contract as C#, in UTF-8: half the size, and no string unless somebody asks.</param>
    public IpcContract(
        string name,
        ulong fingerprint,
        string description,
        Func<IpcProxyTarget, T> createProxy,
        IpcMethod<T>[] methods,
        IpcBaseContract<T>[] bases,
        Func<ReadOnlySpan<byte>>? declaration = null)
        : base(name, fingerprint, description, declaration)
    {
        _createProxy = createProxy;
        _methods = methods;
        _bases = bases;
        Methods = [.. methods];
    }

    /// <inheritdoc/>
    public override ImmutableArray<IpcMethod> Methods { get; }

    internal override IEnumerable<IpcContract> BaseContracts => _bases.Select(static inherited => inherited.Contract);

    internal ReadOnlySpan<IpcMethod<T>> TypedMethods => _methods;

    internal ReadOnlySpan<IpcBaseContract<T>> Bases => _bases;

    internal T CreateProxy(IpcProxyTarget target) => _createProxy(target);
}
