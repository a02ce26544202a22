using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Diagnostics;
using Contracts.Ipc.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// The services of one connection: from target and method id to the method that answers. Target 0 holds the default instances of all
/// contracts, since method ids tell those apart; each named instance is a target of its own.
/// </summary>
internal sealed class ServiceTable
{
    private readonly Dictionary<(uint Target, ulong Method), BoundMethod> _methods = [];
    private readonly List<OfferedService> _offered = [];
    private readonly List<object> _owned = [];
    private readonly List<Action> _inherited = [];
    private BoundMethod? _last;
    private uint _targets;

    /// <summary>What the handshake tells of them.</summary>
    internal ImmutableArray<OfferedService> Offered { get; private set; } = [];

    /// <summary>Makes the services of one connection.</summary>
    internal static ServiceTable Create(ServiceRegistration[] registrations, IpcConnection connection)
    {
        var table = new ServiceTable();
        try
        {
            foreach (ServiceRegistration registration in registrations)
            {
                registration.Bind(connection, table);
            }

            // Inherited contracts come last: one that is offered by itself wins.
            table._inherited.ForEach(static add => add());
            table._inherited.Clear();
            table.Offered = [.. table._offered];
        }
        catch
        {
            _ = table.DisposeOwnedAsync(NullLogger.Instance);
            throw;
        }

        return table;
    }

    internal bool TryFind(uint target, ulong method, [NotNullWhen(true)] out BoundMethod? bound)
    {
        // Calls come in runs of one method.
        bound = _last;
        if (target == 0 && bound is not null && bound.Method.Id == method)
        {
            return true;
        }

        if (!_methods.TryGetValue((target, method), out bound))
        {
            return false;
        }

        if (target == 0)
        {
            _last = bound;
        }

        return true;
    }

    internal void Add<T>(IpcContract<T> contract, string instance, T service)
        where T : class
    {
        uint target = instance.Length == 0 ? 0 : ++_targets;
        _offered.Add(new OfferedService(contract.Name, instance, contract.Fingerprint, target));
        foreach (IpcMethod<T> method in contract.TypedMethods)
        {
            _methods.Add((target, method.Id), new BoundMethod<T>(method, service));
        }
    }

    internal void AddInherited<T>(IpcContract<T> contract, string instance, T service)
        where T : class
        => _inherited.Add(() =>
        {
            if (!_offered.Exists(other => other.Contract == contract.Name && other.Instance == instance))
            {
                Add(contract, instance, service);
            }
        });

    /// <summary>The service belongs to the connection and is disposed with it.</summary>
    internal void Own(object service) => _owned.Add(service);

    internal async Task DisposeOwnedAsync(ILogger logger)
    {
        foreach (object service in _owned)
        {
            try
            {
                await DisposeAsync(service).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                logger.LogDisposeFailed(exception);
            }
        }
    }

    private static ValueTask DisposeAsync(object service)
    {
        switch (service)
        {
            case IAsyncDisposable disposable:
                return disposable.DisposeAsync();
            case IDisposable disposable:
                disposable.Dispose();
                return ValueTask.CompletedTask;
            default:
                return ValueTask.CompletedTask;
        }
    }
}
