namespace Contracts.Ipc.Rpc;

/// <summary>Callers that wait until the outbox has room. Used under the outbox's gate.</summary>
internal sealed class RoomWaiters
{
    private TaskCompletionSource? _waiting;

    internal Task Add()
    {
        // The continuations are callers' code: never on the thread that sends.
        _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiting.Task;
    }

    internal void Release()
    {
        _waiting?.SetResult();
        _waiting = null;
    }
}
