using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>One method of one service object: what an incoming call is looked up to.</summary>
/// <param name="method">The method.</param>
internal abstract class BoundMethod(IpcMethod method)
{
    internal IpcMethod Method { get; } = method;

    internal abstract void Invoke(IncomingCall call, ref MessagePackReader arguments);
}

/// <inheritdoc/>
internal sealed class BoundMethod<TService>(IpcMethod<TService> method, TService service) : BoundMethod(method)
    where TService : class
{
    internal override void Invoke(IncomingCall call, ref MessagePackReader arguments) => method.Stub(service, call, ref arguments);
}
