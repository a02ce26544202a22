using System.Reflection;
using System.Threading.Channels;

namespace Contracts.Ipc.Evolution.Tests.Harness;

/// <summary>A service of any contract: it writes down what it is asked, and gives one answer to everything.</summary>
/// <remarks>Each version derives from it in its own assembly.</remarks>
public class Recorder : DispatchProxy
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
    private Func<object?> _answer = static () => null;

    internal static object Of(Type type, Type contract, Func<object?> answer)
    {
        object service = Create(contract, type);
        ((Recorder)service)._answer = answer;
        return service;
    }

    /// <summary>What came, or null if nothing did.</summary>
    internal string? Take() => _received.Reader.TryRead(out string? text) ? text : null;

    /// <summary>Waits for what has to come: a one-way call may be executed after the caller goes on.</summary>
    internal async Task<string> WaitAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        return await _received.Reader.ReadAsync(timeout.Token);
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _ = _received.Writer.TryWrite(Rendering.OfCall(targetMethod!, args ?? []));
        object? answer = _answer();
        return answer is Exception error ? throw error : As(targetMethod!.ReturnType, answer);
    }

    private static object? As(Type type, object? answer)
    {
        if (type == typeof(void))
        {
            return null;
        }

        if (type == typeof(Task))
        {
            return answer as Task ?? Task.CompletedTask;
        }

        if (type == typeof(ValueTask))
        {
            return ValueTask.CompletedTask;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
        {
            Type result = type.GetGenericArguments()[0];
            return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(result).Invoke(null, [As(result, answer)]);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            return Activator.CreateInstance(type, As(type.GetGenericArguments()[0], answer));
        }

        return type.IsInstanceOfType(answer) || answer is null && (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null)
            ? answer
            : Activator.CreateInstance(type);
    }
}
