using System.ComponentModel;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Rpc;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.CompilerServices;

/// <summary>
/// A call that this process has to answer, as generated stubs see it. A stub reads the arguments, calls the service and ends
/// with exactly one of the <c>Return</c> methods; an exception that leaves the stub becomes a fault.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class IncomingCall
{
    /// <summary>More arguments than a method can have are not skipped one by one.</summary>
    private const int MaximumArguments = 4096;

    private IncomingCall()
    {
    }

    /// <summary>Fires when the caller cancels, the deadline passes or the connection ends. Never reused for another call.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            if ((_flags & FrameFlags.Cancellable) == 0)
            {
                return _session.Lifetimes.TokenFor(Deadline);
            }

            CancellationTokenSource made = _cancellation ?? new CancellationTokenSource();
            _gate.Enter();
            made = _cancellation ??= made;
            bool isRequested = _cancelRequested;
            _gate.Leave();
            if (isRequested)
            {
                made.Cancel();
            }

            return made.Token;
        }
    }

    /// <summary>Reads the header of the array of arguments.</summary>
    /// <param name="arguments">Stands at the array.</param>
    /// <param name="required">How many arguments the method cannot do without.</param>
    /// <returns>How many arguments follow.</returns>
    /// <exception cref="IpcSerializationException">Fewer than <paramref name="required"/> arguments came.</exception>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "Generated stubs call it on the call.")]
    public int ReadArgumentCount(ref MessagePackReader arguments, int required)
    {
        int count = arguments.ReadArrayHeader();
        if (count < required)
        {
            throw RpcError.TooFewArguments(count, required);
        }

        return count <= MaximumArguments ? count : throw RpcError.TooManyArguments(count, MaximumArguments);
    }

    /// <summary>Skips what a newer caller appended. After it the service runs: nothing of the frame may be touched.</summary>
    /// <param name="arguments">Stands behind the last known argument.</param>
    /// <param name="count">How many arguments came.</param>
    /// <param name="known">How many the method knows.</param>
    /// <exception cref="IpcSerializationException">Bytes follow the arguments.</exception>
    public void EndArguments(ref MessagePackReader arguments, int count, int known)
    {
        for (int i = known; i < count; i++)
        {
            arguments.Skip();
        }

        if (!arguments.End)
        {
            throw RpcError.TrailingBytes();
        }

        ReleasePayload();

        // From here on the receiving thread is the service's: if it stays away for long, another thread goes on receiving.
        _inlinePass?.EnterUserCode(this);
    }

    /// <summary>Answers with a value.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <typeparam name="TFormatter">Its formatter.</typeparam>
    /// <param name="result">The value.</param>
    public void Return<TResult, TFormatter>(TResult result)
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        if (IsOneWay)
        {
            EndAnswer(null);
            return;
        }

        var frame = new FrameWriter(new FrameHeader(FrameKind.Result, FrameFlags.None, Id, 0, ProcessorHint.Current, _priority));
        try
        {
            var writer = new MessagePackWriter(frame.Buffer);
            TFormatter.Write(ref writer, result);
            writer.Flush();
            _session.CheckMessageLength(Method, isResult: true, frame.PayloadLength);
            Answer(ref frame, null);
        }
        finally
        {
            frame.Dispose();
        }
    }

    /// <summary>Answers a method without result.</summary>
    public void Return()
    {
        if (IsOneWay)
        {
            EndAnswer(null);
            return;
        }

        var frame = new FrameWriter(new FrameHeader(FrameKind.Result, FrameFlags.None, Id, 0, ProcessorHint.Current, _priority));
        try
        {
            Answer(ref frame, null);
        }
        finally
        {
            frame.Dispose();
        }
    }

    /// <summary>Answers with the value of a task.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <typeparam name="TFormatter">Its formatter.</typeparam>
    /// <param name="result">The task.</param>
    public void ReturnTask<TResult, TFormatter>(ValueTask<TResult> result)
        where TFormatter : struct, IMessageFormatter<TResult>
    {
        if (result.IsCompletedSuccessfully)
        {
            Return<TResult, TFormatter>(result.Result);
            return;
        }

        _ = AwaitAsync<TResult, TFormatter>(result);
    }

    /// <summary>Answers with the value of a task.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <typeparam name="TFormatter">Its formatter.</typeparam>
    /// <param name="result">The task.</param>
    public void ReturnTask<TResult, TFormatter>(Task<TResult> result)
        where TFormatter : struct, IMessageFormatter<TResult>
        => ReturnTask<TResult, TFormatter>(new ValueTask<TResult>(result));

    /// <summary>Answers when a task has ended.</summary>
    /// <param name="result">The task.</param>
    public void ReturnTask(ValueTask result)
    {
        if (result.IsCompletedSuccessfully)
        {
            result.GetAwaiter().GetResult();
            Return();
            return;
        }

        _ = AwaitAsync(result);
    }

    /// <summary>Answers when a task has ended.</summary>
    /// <param name="result">The task.</param>
    public void ReturnTask(Task result) => ReturnTask(new ValueTask(result));
}
