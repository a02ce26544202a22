using System.ComponentModel;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <summary>Writes and reads one declared kind of fault detail.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class IpcFaultType
{
    private protected IpcFaultType(string name) => Name = name;

    /// <summary>The detail's full type name: its name on the wire.</summary>
    public string Name { get; }

    internal abstract bool Accepts(IpcFaultException fault);

    internal abstract void Write(ref MessagePackWriter writer, IpcFaultException fault);

    internal abstract IpcFaultException Read(ref MessagePackReader reader, string message);
}

/// <summary>A fault whose detail is <typeparamref name="TDetail"/>.</summary>
/// <typeparam name="TDetail">The detail.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
/// <param name="name">The detail's full type name.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IpcFaultType<TDetail, TFormatter>(string name) : IpcFaultType(name)
    where TFormatter : struct, IMessageFormatter<TDetail>
{
    internal override bool Accepts(IpcFaultException fault) => fault is IpcFaultException<TDetail>;

    internal override void Write(ref MessagePackWriter writer, IpcFaultException fault)
        => TFormatter.Write(ref writer, ((IpcFaultException<TDetail>)fault).Detail);

    internal override IpcFaultException Read(ref MessagePackReader reader, string message)
        => new IpcFaultException<TDetail>(TFormatter.Read(ref reader), message);
}
