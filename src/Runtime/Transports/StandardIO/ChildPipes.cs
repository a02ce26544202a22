using System.IO.Pipes;

namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>The parent's ends of the pipes to a child: read until the child serves, then turned into a channel.</summary>
internal abstract class ChildPipes : IDisposable
{
    /// <summary>False where the descriptors cannot be had. Tests set it.</summary>
    internal static bool UsesDescriptors { get; set; } = OperatingSystem.IsLinux();

    /// <summary>Takes over standard input and output of a child, which nobody else may use from now on.</summary>
    public static ChildPipes Of(ChildProcess process) =>
        OperatingSystem.IsLinux() && UsesDescriptors && process is { StandardOutput: PipeStream reading, StandardInput: PipeStream writing }
            ? new DescriptorPipes(reading, writing)
            : new StreamPipes(process.StandardOutput, process.StandardInput);

    /// <summary>Reads what the child writes to standard output.</summary>
    public abstract ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>Makes the channel, which owns the pipes.</summary>
    public abstract FrameChannel Open(PeerIdentity peer, int maximumFrameLength);

    /// <summary>Closes the pipes if no channel owns them.</summary>
    public abstract void Dispose();
}
