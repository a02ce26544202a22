using System.Globalization;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory;

/// <summary>Names that no other run of the tests uses.</summary>
internal static class SharedName
{
    private static int s_last;

    public static string Next(string kind)
        => string.Create(CultureInfo.InvariantCulture, $"test-{Environment.ProcessId}-{kind}-{Interlocked.Increment(ref s_last)}");
}

/// <summary>Blocking code on threads of its own, each with an end.</summary>
internal static class OnThreads
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Task<T> Run<T>(Func<T> action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public static Task Run(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Runs on another thread and waits for it: for tests that hold a guard, which cannot cross an await.</summary>
    public static T Elsewhere<T>(Func<T> action)
    {
        T result = default!;
        Exception? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = action();
            }
            catch (Exception exception)
            {
                error = exception;
            }
        });
        thread.Start();
        Assert.True(thread.Join(Patience), "The other thread hangs.");
        return error is null ? result : throw error;
    }

    public static Task InTime(this Task task) => task.WaitAsync(Patience);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Patience);

    public static Task<T> InTime<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Patience);

    /// <summary>The result of what must have ended already.</summary>
    public static T Now<T>(ValueTask<T> task)
    {
        Assert.True(task.IsCompletedSuccessfully);
        return task.Result;
    }

    /// <summary>What a call allocates on this thread, once everything that happens once has happened.</summary>
    public static long AllocatedBy(Action action)
    {
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
