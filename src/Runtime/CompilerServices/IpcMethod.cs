using System.ComponentModel;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <summary>One method of a contract as it is known on the wire.</summary>
public abstract class IpcMethod
{
    private protected IpcMethod(string contractName, string name, IpcMethodOptions options)
    {
        ContractName = contractName;
        Name = name;
        FullName = contractName + "/" + name;
        Id = Protocol.MethodId.Of(FullName);
        IsOneWay = options.OneWay;
        IsIdempotent = options.Idempotent;
        TimeoutMilliseconds = options.TimeoutMilliseconds;
        WirePriority = (byte)options.Priority;
        Faults = options.Faults;
    }

    /// <summary>The contract through which the method is called.</summary>
    public string ContractName { get; }

    /// <summary>The method's name on the wire.</summary>
    public string Name { get; }

    /// <summary>Contract and method, with a slash between them: the text that <see cref="Id"/> is made of.</summary>
    public string FullName { get; }

    /// <summary>The 64-bit FNV-1a hash of <see cref="FullName"/> in UTF-8.</summary>
    public ulong Id { get; }

    /// <summary>Whether nothing comes back.</summary>
    public bool IsOneWay { get; }

    /// <summary>Whether the contract declares that executing twice does no harm.</summary>
    public bool IsIdempotent { get; }

    /// <summary>The declared deadline in milliseconds; -1 for none, 0 for the connection's default.</summary>
    public int TimeoutMilliseconds { get; }

    /// <summary>How urgent calls are: 0, the default, to 7.</summary>
    public int Priority => WirePriority;

    /// <summary><see cref="Priority"/> as frames carry it.</summary>
    internal byte WirePriority { get; }

    internal IpcFaultType[] Faults { get; }

    /// <summary>How long answers lately took: a hint for callers that consider polling.</summary>
    internal int RecentAnswerTicks { get; set; }
}

/// <summary>One method of a contract together with the stub that calls it.</summary>
/// <typeparam name="TService">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IpcMethod<TService> : IpcMethod
    where TService : class
{
    /// <summary>Called by generated code.</summary>
    /// <param name="contractName">The contract's name on the wire.</param>
    /// <param name="name">The method's name on the wire.</param>
    /// <param name="stub">Decodes the arguments, calls the service, returns the result.</param>
    /// <param name="options">What the attributes of the method say.</param>
    public IpcMethod(string contractName, string name, IpcMethodStub<TService> stub, IpcMethodOptions? options = null)
        : base(contractName, name, options ?? IpcMethodOptions.Default)
        => Stub = stub;

    internal IpcMethodStub<TService> Stub { get; }
}

/// <summary>Decodes the arguments of one call, calls the service and hands the result to <paramref name="call"/>.</summary>
/// <typeparam name="TService">The contract.</typeparam>
/// <param name="service">The object that implements the contract.</param>
/// <param name="call">The call to answer.</param>
/// <param name="arguments">Stands at the array of arguments.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void IpcMethodStub<TService>(TService service, IncomingCall call, ref MessagePackReader arguments)
    where TService : class;

/// <summary>What the attributes of a method say.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IpcMethodOptions
{
    internal static IpcMethodOptions Default { get; } = new();

    /// <summary>Whether nothing comes back.</summary>
    public bool OneWay { get; init; }

    /// <summary>Whether executing twice does no harm.</summary>
    public bool Idempotent { get; init; }

    /// <summary>The deadline in milliseconds; -1 for none, 0 for the connection's default.</summary>
    public int TimeoutMilliseconds { get; init; }

    /// <summary>How urgent calls are: 0 to 7.</summary>
    public int Priority { get; init; }

    /// <summary>The typed faults that the method declares.</summary>
    public IpcFaultType[] Faults { get; init; } = [];
}
