using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Introspection;
using Contracts.Ipc.Rpc;

namespace Contracts.Ipc;

/// <summary>The services that a server or a client offers, before a connection exists.</summary>
internal sealed class ServiceCatalog
{
    /// <summary>The name of the instance that a caller gets who names none.</summary>
    internal const string DefaultInstance = "";

    private readonly Lock _gate = new();
    private readonly List<ServiceRegistration> _registrations = [];

    internal void Add<T>(IpcContract<T> contract, string instance, T implementation)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(implementation);
        Add(new ServiceRegistration<T>(contract, instance, _ => implementation, ownsService: false));
    }

    internal void Add<T>(IpcContract<T> contract, string instance, Func<IpcConnection, T> factory)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        Add(new ServiceRegistration<T>(contract, instance, factory, ownsService: true));
    }

    /// <summary>The services as they are now; later additions do not change the copy.</summary>
    internal ServiceRegistration[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _registrations];
        }
    }

    private void Add(ServiceRegistration registration)
    {
        if (Reserved.IsReserved(registration.Contract.Name))
        {
            throw IntrospectionError.ReservedName(registration.Contract.Name);
        }

        lock (_gate)
        {
            foreach (ServiceRegistration other in _registrations)
            {
                if (other.Contract.Name == registration.Contract.Name && other.Instance == registration.Instance)
                {
                    throw new InvalidOperationException(
                        $"{registration.Contract.Name} {(registration.Instance.Length == 0 ? "" : $"'{registration.Instance}' ")}is offered already. Give further instances a name of their own.");
                }

                registration.RejectCollisionsWith(other);
            }

            _registrations.Add(registration);
        }
    }
}

/// <summary>One service that is offered: a contract, the instance's name, and where the object comes from.</summary>
/// <param name="contract">The contract.</param>
/// <param name="instance">The instance's name.</param>
internal abstract class ServiceRegistration(IpcContract contract, string instance)
{
    internal IpcContract Contract { get; } = contract;

    internal string Instance { get; } = instance;

    /// <summary>The contract, and those that it inherits and offers too.</summary>
    internal abstract IEnumerable<IpcContract> Contracts { get; }

    /// <summary>Makes the service for one connection and hands its methods to the table.</summary>
    internal abstract void Bind(IpcConnection connection, ServiceTable table);

    /// <summary>Two methods of one hash would be one on the wire.</summary>
    internal void RejectCollisionsWith(ServiceRegistration other)
    {
        foreach (IpcMethod mine in Contract.Methods)
        {
            foreach (IpcMethod theirs in other.Contract.Methods)
            {
                if (mine.Id == theirs.Id && mine.FullName != theirs.FullName)
                {
                    throw new InvalidOperationException(
                        $"{mine.FullName} and {theirs.FullName} have the same 64-bit hash. Rename one of them with [IpcMethod(Name = …)].");
                }
            }
        }
    }
}

/// <inheritdoc/>
internal sealed class ServiceRegistration<T>(IpcContract<T> contract, string instance, Func<IpcConnection, T> factory, bool ownsService)
    : ServiceRegistration(contract, instance)
    where T : class
{
    internal override IEnumerable<IpcContract> Contracts => [contract, .. contract.Bases.ToArray().Select(static inherited => inherited.Contract)];

    internal override void Bind(IpcConnection connection, ServiceTable table)
    {
        T service = factory(connection)
            ?? throw new InvalidOperationException($"The factory for {Contract.Name} returned null.");
        if (ownsService)
        {
            table.Own(service);
        }

        table.Add(contract, Instance, service);
        foreach (IpcBaseContract<T> inherited in contract.Bases)
        {
            inherited.Accept(new BaseBinder(table, Instance, service));
        }
    }

    /// <summary>Offers an inherited contract with the same object, unless it is offered by itself.</summary>
    private sealed class BaseBinder(ServiceTable table, string instance, T service) : IBaseContractVisitor<T>
    {
        public void Visit<TBase>(IpcContract<TBase> contract)
            where TBase : class
            => table.AddInherited(contract, instance, (TBase)(object)service);
    }
}
