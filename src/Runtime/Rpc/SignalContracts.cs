using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Transports.Signals;

namespace Contracts.Ipc.Rpc;

/// <summary>Which contracts can travel as signals: those marked so, whose methods all are one-way and without parameters. Checked here too, because not every contract was seen by the analyzer.</summary>
internal static class SignalContracts
{
    /// <summary>The methods for which a server needs signals.</summary>
    /// <exception cref="IpcEndpointException">A service cannot be offered so; the message names the method.</exception>
    internal static IReadOnlyList<SignalMethod> MethodsOf(IpcEndpoint endpoint, IEnumerable<ServiceRegistration> services)
    {
        var methods = new Dictionary<ulong, SignalMethod>();
        foreach (ServiceRegistration service in services)
        {
            if (service.Instance.Length > 0)
            {
                throw RpcError.NoSignals(endpoint, $"{service.Contract.Name} is offered as '{service.Instance}', and a signal does not say which instance it is for. Offer it without a name");
            }

            if (Objection(service.Contract) is { } objection)
            {
                throw RpcError.NoSignals(endpoint, objection);
            }

            foreach (IpcContract contract in service.Contract.BaseContracts.Where(static inherited => Objection(inherited) is null).Prepend(service.Contract))
            {
                foreach (IpcMethod method in contract.Methods)
                {
                    methods[method.Id] = new SignalMethod(method.Id, method.FullName);
                }
            }
        }

        return [.. methods.Values];
    }

    /// <summary>Why a contract cannot travel as signals, as a sentence without its full stop; null if it can.</summary>
    internal static string? Objection(IpcContract contract)
    {
        foreach (IpcMethod method in contract.Methods)
        {
            if (!method.IsOneWay)
            {
                return $"{method.FullName} is not marked [OneWay], and no signal brings an answer. Mark it, or use another transport for its contract";
            }

            if (HasParameters(contract, method))
            {
                return $"{method.FullName} has parameters, and a signal carries none. Write one method for each message, or use another transport for its contract";
            }
        }

        return contract.TravelsAsSignals
            ? null
            : $"{contract.Name} is not marked [IpcService(Signals = true)], with which the compiler keeps its methods fit for signals. Mark it, or use another transport";
    }

    /// <exception cref="IpcUnimplementedException">No call of this contract can be made over signals.</exception>
    internal static void CheckProxy(IpcContract contract)
    {
        if (Objection(contract) is { } objection)
        {
            throw RpcError.NotOverSignals(objection);
        }
    }

    /// <summary>A client that receives no signals can offer nothing.</summary>
    internal static void CheckClient(IpcEndpoint endpoint, IEnumerable<ServiceRegistration> services)
    {
        if (services.FirstOrDefault() is { } service)
        {
            throw RpcError.NoSignals(endpoint, $"the client offers {service.Contract.Name}, and signals go from clients to servers only. Remove the service from the options");
        }
    }

    // The description has a line for each parameter: "method RingAsync[0] int".
    private static bool HasParameters(IpcContract contract, IpcMethod method)
        => contract.Description.Contains($"\nmethod {method.Name}[", StringComparison.Ordinal);
}
