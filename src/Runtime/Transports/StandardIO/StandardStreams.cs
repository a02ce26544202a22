namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>The two ends of <c>stdio:</c>.</summary>
internal abstract class StandardStreams
{
    /// <summary>The child's.</summary>
    /// <exception cref="IpcEndpointException">They are taken, or are not pipes.</exception>
    public abstract FrameChannel Serve(IpcEndpoint endpoint, int maximumFrameLength);

    /// <summary>The parent's.</summary>
    /// <exception cref="IpcConnectionException">They cannot be had by connecting.</exception>
    public abstract FrameChannel Connect(int maximumFrameLength);
}

/// <summary>Those of this process, which it has once. The parent's ends are with whoever has started it.</summary>
internal sealed class OwnStandardStreams : StandardStreams
{
    private int _taken;

    public override FrameChannel Serve(IpcEndpoint endpoint, int maximumFrameLength)
    {
        if (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            throw StandardIOError.TakenAlready(endpoint);
        }

        try
        {
            return OperatingSystem.IsLinux() ? StandardDescriptors.Take(endpoint, maximumFrameLength) : ConsoleStreams.Take(endpoint, maximumFrameLength);
        }
        catch (IpcEndpointException)
        {
            Volatile.Write(ref _taken, 0);
            throw;
        }
    }

    public override FrameChannel Connect(int maximumFrameLength) => throw StandardIOError.ParentListens();
}
