using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Introspection;

/// <summary>Calls methods of which only a description is known: arguments and results stay MessagePack.</summary>
internal sealed class RawProxy(IpcProxyTarget target) : IpcProxy(target)
{
    /// <summary>Calls a method that answers.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The array of arguments.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The result; empty for a method without one.</returns>
    /// <exception cref="RawFaultException">The handler threw one of the method's declared faults.</exception>
    internal ValueTask<ReadOnlyMemory<byte>> CallAsync(RawMethod method, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
        => CallAsync<RawArguments, ReadOnlyMemory<byte>, RawFormatter>(method, new RawArguments(arguments), cancellationToken);

    /// <summary>Calls a one-way method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The array of arguments.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <returns>When the connection has taken the call.</returns>
    internal ValueTask PostAsync(RawMethod method, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
        => PostAsync(method, new RawArguments(arguments), cancellationToken);

    private readonly struct RawArguments(ReadOnlyMemory<byte> messagePack) : IIpcArguments
    {
        public void Write(ref MessagePackWriter writer) => writer.WriteRaw(messagePack.Span);
    }

    private readonly struct RawFormatter : IMessageFormatter<ReadOnlyMemory<byte>>
    {
        public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.WriteRaw(value.Span);

        public static ReadOnlyMemory<byte> Read(ref MessagePackReader reader) => reader.End ? default : reader.ReadRaw().ToArray();
    }
}

/// <summary>A method that is known by its names.</summary>
/// <param name="contract">The contract's name on the wire.</param>
/// <param name="name">The method's name on the wire.</param>
/// <param name="options">What the contract declares of it; <see cref="RawFaultType"/> for each fault.</param>
internal sealed class RawMethod(string contract, string name, IpcMethodOptions options) : IpcMethod(contract, name, options);

/// <summary>A declared fault of which only the name is known.</summary>
/// <param name="name">The detail's name on the wire.</param>
internal sealed class RawFaultType(string name) : IpcFaultType(name)
{
    internal override bool Accepts(IpcFaultException fault) => fault is RawFaultException raw && raw.FaultType == Name;

    internal override void Write(ref MessagePackWriter writer, IpcFaultException fault) => writer.WriteRaw(((RawFaultException)fault).Detail.Span);

    internal override IpcFaultException Read(ref MessagePackReader reader, string message) => new RawFaultException(Name, reader.ReadRaw().ToArray(), message);
}

/// <summary>A declared fault whose detail stays MessagePack.</summary>
internal sealed class RawFaultException(string faultType, ReadOnlyMemory<byte> detail, string message) : IpcFaultException(message)
{
    /// <summary>The detail's name on the wire.</summary>
    internal string FaultType { get; } = faultType;

    internal ReadOnlyMemory<byte> Detail { get; } = detail;

    public override Type DetailType => typeof(ReadOnlyMemory<byte>);
}
