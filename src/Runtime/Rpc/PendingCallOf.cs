using System.Threading.Tasks.Sources;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Rpc;

/// <summary>A call with a result of type <typeparamref name="TResult"/>, and the source of the task that its caller awaits.</summary>
/// <typeparam name="TResult">The result.</typeparam>
/// <typeparam name="TFormatter">Its formatter.</typeparam>
internal sealed class PendingCall<TResult, TFormatter> : PendingCall, IValueTaskSource<TResult>, IValueTaskSource, IPooled<PendingCall<TResult, TFormatter>>
    where TFormatter : struct, IMessageFormatter<TResult>
{
    private ManualResetValueTaskSourceCore<byte> _source;

    private PendingCall()
    {
    }

    public static PendingCall<TResult, TFormatter> Create() => new();

    internal static PendingCall<TResult, TFormatter> Rent() => ObjectPool<PendingCall<TResult, TFormatter>>.Rent();

    internal short Version => _source.Version;

    /// <summary>Ends the caller's use: decodes the outcome, or throws it, and gives the object back.</summary>
    internal TResult TakeResult()
    {
        try
        {
            var reader = new MessagePackReader(TakeOutcome());
            return TFormatter.Read(ref reader);
        }
        finally
        {
            Recycle();
        }
    }

    /// <summary>Gives an object back of which no other thread knows.</summary>
    internal void Recycle()
    {
        Clear();
        _source.Reset();
        ObjectPool<PendingCall<TResult, TFormatter>>.Return(this);
    }

    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        CheckToken(token);
        return TakeResult();
    }

    void IValueTaskSource.GetResult(short token)
    {
        CheckToken(token);
        _ = TakeResult();
    }

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    private protected override void OnCompleted(bool mayRunInline)
    {
        _source.RunContinuationsAsynchronously = !mayRunInline;
        _source.SetResult(0);
    }

    // Throws when a ValueTask is awaited twice, as the core does.
    private void CheckToken(short token) => _ = _source.GetResult(token);

    private ValueTaskSourceStatus GetStatus(short token)
    {
        ValueTaskSourceStatus status = _source.GetStatus(token);
        return status == ValueTaskSourceStatus.Succeeded ? OutcomeStatus : status;
    }
}

/// <summary>The result of a method without result.</summary>
internal readonly struct Nothing;

/// <summary>Reads nothing.</summary>
internal readonly struct NothingFormatter : IMessageFormatter<Nothing>
{
    public static void Write(ref MessagePackWriter writer, Nothing value) => writer.WriteNil();

    public static Nothing Read(ref MessagePackReader reader) => default;
}
