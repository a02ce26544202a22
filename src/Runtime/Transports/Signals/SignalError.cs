using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Signals;

/// <summary>Every error about signals as a transport.</summary>
internal static class SignalError
{
    public static IpcEndpointException NotHere(IpcEndpoint endpoint) =>
        new($"{endpoint} needs Linux: real-time signals that queue. Use 'unix:' or 'pipe:' on this system.");

    public static IpcEndpointException OtherUsers(IpcEndpoint endpoint) =>
        new($"{endpoint} cannot be opened to other users: the kernel lets a process send signals to those of its own user only. Leave SameUserOnly on, or use 'unix:'.");

    public static IpcEndpointException NotEnough(IpcEndpoint endpoint, int needed, int free, int all) =>
        TransportError.CannotListen(endpoint, $"its contracts need {needed} signal numbers, one for each method, and {free} of the {all} that this process may use are left. Offer fewer contracts as signals, or do so in another process.");

    public static IpcEndpointException NothingOffered(IpcEndpoint endpoint) =>
        TransportError.CannotListen(endpoint, "no service is offered. Signals stand for the methods of contracts: call AddService before ListenAsync.");

    public static IpcEndpointException NotPublished(IpcEndpoint endpoint, Exception cause) =>
        TransportError.CannotListen(endpoint, cause.Message, cause);

    public static IpcConnectionException BadRecord(IpcEndpoint endpoint, string path, string what) =>
        TransportError.CannotConnect(endpoint, $"'{path}' is not a server's record of its signals: {what}. Remove it, or check that both processes use the same version of Contracts.");

    public static IpcConnectionException OtherPidNamespace(IpcEndpoint endpoint) =>
        TransportError.CannotConnect(endpoint, "the server runs in another pid namespace, so its process id means another process here. Use 'unix:' between containers.");

    public static IpcConnectionException NotCaught(IpcEndpoint endpoint, int process, int signal) =>
        TransportError.CannotConnect(endpoint, $"process {process} does not catch signal {signal} ({RealTimeSignals.NameOf(signal)}) as its record says, and would be ended by it. Has it started another program in its place (exec)? Restart the server.");

    public static IpcPermissionException MayNotSend(int process, NativeException cause) =>
        new($"This process may not send signals to process {process}: {cause.Message}. Both must run as the same user.", cause);

    public static IpcConnectionException NoDescriptor(IpcEndpoint endpoint) =>
        TransportError.CannotConnect(endpoint, "no descriptor is left for the server's process. Raise the limit with 'ulimit -n'.");

    public static IpcConnectionException ServerEnded() => TransportError.CannotSend("the server process has ended");

    public static IpcConnectionException ServerClosed() => new("The server has stopped taking signals.", IpcDelivery.NotSent);

    public static IpcUnimplementedException NotOffered(ulong method) =>
        new($"The server offers no signal for method 0x{method:X16}. Was its contract added, and is it built from the same one?");

    public static IpcUnimplementedException NotASignal(string method, string why) =>
        new($"{method} cannot be called over signals: {why}. A signal carries nothing and nothing comes back; use another transport for this contract.");
}
