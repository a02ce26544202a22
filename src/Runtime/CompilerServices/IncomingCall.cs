using System.ComponentModel;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <summary>
/// A call that this process has to answer, as generated stubs see it. A stub reads the arguments, calls the service and ends
/// with exactly one of the <c>Return</c> methods; an exception that leaves the stub becomes a fault.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IncomingCall
{
    internal IncomingCall()
    {
    }

    /// <summary>Fires when the caller cancels, the deadline passes or the connection ends.</summary>
    public CancellationToken CancellationToken => throw new NotSupportedException();

    /// <summary>Reads the header of the array of arguments.</summary>
    /// <param name="arguments">Stands at the array.</param>
    /// <param name="required">How many arguments the method cannot do without.</param>
    /// <returns>How many arguments follow.</returns>
    /// <exception cref="IpcSerializationException">Fewer than <paramref name="required"/> arguments came.</exception>
    public int ReadArgumentCount(ref MessagePackReader arguments, int required) => throw new NotSupportedException();

    /// <summary>Skips what a newer caller appended. After it the service runs: nothing of the frame may be touched.</summary>
    /// <param name="arguments">Stands behind the last known argument.</param>
    /// <param name="count">How many arguments came.</param>
    /// <param name="known">How many the method knows.</param>
    public void EndArguments(ref MessagePackReader arguments, int count, int known) => throw new NotSupportedException();

    /// <summary>Answers with a value.</summary>
    public void Return<TResult, TFormatter>(TResult result)
        where TFormatter : struct, IMessageFormatter<TResult>
        => throw new NotSupportedException();

    /// <summary>Answers a method without result.</summary>
    public void Return() => throw new NotSupportedException();

    /// <summary>Answers with the value of a task.</summary>
    public void ReturnTask<TResult, TFormatter>(ValueTask<TResult> result)
        where TFormatter : struct, IMessageFormatter<TResult>
        => throw new NotSupportedException();

    /// <summary>Answers with the value of a task.</summary>
    public void ReturnTask<TResult, TFormatter>(Task<TResult> result)
        where TFormatter : struct, IMessageFormatter<TResult>
        => throw new NotSupportedException();

    /// <summary>Answers when a task has ended.</summary>
    public void ReturnTask(ValueTask result) => throw new NotSupportedException();

    /// <summary>Answers when a task has ended.</summary>
    public void ReturnTask(Task result) => throw new NotSupportedException();
}
