namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>Every wait of a test has an end: what hangs fails.</summary>
internal static class Within
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal static Task InTime(this Task task) => task.WaitAsync(Patience);

    internal static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Patience);

    internal static Task InTime(this ValueTask task) => task.AsTask().WaitAsync(Patience);

    internal static Task<T> InTime<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Patience);

    /// <summary>Waits for what no event announces: kernel objects that go away behind the last close.</summary>
    internal static bool Eventually(Func<bool> condition, TimeSpan? patience = null) => SpinWait.SpinUntil(condition, patience ?? Patience);

    /// <summary>Runs blocking code on a thread of its own, so that it cannot starve the pool under test.</summary>
    internal static Task<T> OnThread<T>(Func<T> action)
        => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal static Task OnThread(Action action)
        => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
