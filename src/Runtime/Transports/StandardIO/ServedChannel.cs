namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>The child's side: tells when it has ended, for then nobody can come any more.</summary>
internal sealed class ServedChannel(FrameChannel inner) : EnclosingChannel(inner)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the channel is closed. A session closes its channel however it ends.</summary>
    public Task Ended => _ended.Task;

    public override void Close(Exception reason)
    {
        base.Close(reason);
        _ = _ended.TrySetResult();
    }
}
