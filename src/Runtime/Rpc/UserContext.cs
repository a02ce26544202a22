namespace Contracts.Ipc.Rpc;

/// <summary>Undoes what a handler may have changed of its thread's flow: async locals and the synchronization context.</summary>
internal static class UserContext
{
    private static readonly ExecutionContext? Clean = CaptureClean();

    internal static void Restore()
    {
        if (Clean is not null && !ReferenceEquals(ExecutionContext.Capture(), Clean))
        {
            ExecutionContext.Restore(Clean);
        }

        if (SynchronizationContext.Current is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    private static ExecutionContext? CaptureClean()
    {
        // A thread that starts without flow has the default context; all such contexts are one object.
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return captured;
    }
}
