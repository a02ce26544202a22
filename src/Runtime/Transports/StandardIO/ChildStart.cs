namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>From the start of a child until it serves.</summary>
internal static class ChildStart
{
    /// <summary>How long the pipes may outlive the process: a program that it has started may keep them open.</summary>
    private static readonly TimeSpan PipePatience = TimeSpan.FromMilliseconds(200);

    /// <summary>Hands on what is printed until the child says that it serves.</summary>
    /// <exception cref="IpcProcessException">It ended, or closed its output.</exception>
    public static async Task<FrameChannel> WaitAsync(ChildProcess process, int maximumFrameLength, CancellationToken cancellationToken)
    {
        using var pipes = ChildPipes.Of(process);
        if (!await IsServingAsync(process, pipes, cancellationToken).ConfigureAwait(false))
        {
            throw await ChildProcess.IsDoneAsync(process.Exited, PipePatience).ConfigureAwait(false)
                ? await StandardIOError.EndedEarlyAsync(process).ConfigureAwait(false)
                : StandardIOError.ClosedEarly(process);
        }

        return new ChildChannel(pipes.Open(new PeerIdentity(ProcessId: process.Id), maximumFrameLength), process);
    }

    private static async Task<bool> IsServingAsync(ChildProcess process, ChildPipes pipes, CancellationToken cancellationToken)
    {
        LineSplitter printed = process.Output.NewSplitter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> serving = ServingMarker.FindAsync(pipes.ReadAsync, bytes => printed.Append(bytes.Span), stop.Token).AsTask();
        if (await Task.WhenAny(serving, process.Exited).ConfigureAwait(false) != serving)
        {
            stop.CancelAfter(PipePatience);
        }

        try
        {
            return await serving.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            printed.Finish();
        }
    }
}
