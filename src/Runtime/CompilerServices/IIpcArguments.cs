using System.ComponentModel;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <summary>The arguments of one call, as the proxy hands them over: a generated struct that writes itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IIpcArguments
{
    /// <summary>Writes the array of arguments.</summary>
    /// <param name="writer">Where to.</param>
    void Write(ref MessagePackWriter writer);
}

/// <summary>The arguments of a method that has none: an empty array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoArguments : IIpcArguments
{
    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer) => writer.WriteArrayHeader(0);
}
