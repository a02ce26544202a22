namespace Contracts.Ipc.Rpc;

/// <summary>An object that <see cref="ObjectPool{T}"/> keeps.</summary>
/// <typeparam name="T">The object's own type.</typeparam>
internal interface IPooled<T>
{
    static abstract T Create();
}

/// <summary>
/// Keeps used objects for the next call: a few per thread without any synchronisation, more in a shared stack, for the case that one
/// thread takes and another one gives back.
/// </summary>
/// <typeparam name="T">The kind of object.</typeparam>
internal static class ObjectPool<T>
    where T : class, IPooled<T>
{
    private const int PerThread = 64;
    private const int SharedLimit = 1024;

    private static readonly Lock Gate = new();
    private static readonly Stack<T> Shared = new();

    [ThreadStatic]
    private static T?[]? _local;

    [ThreadStatic]
    private static int _localCount;

    internal static T Rent()
    {
        int count = _localCount;
        if (count > 0)
        {
            T?[] local = _local!;
            _localCount = --count;
            T taken = local[count]!;
            local[count] = null;
            return taken;
        }

        lock (Gate)
        {
            if (Shared.TryPop(out T? shared))
            {
                return shared;
            }
        }

        return T.Create();
    }

    internal static void Return(T item)
    {
        T?[] local = _local ??= new T?[PerThread];
        int count = _localCount;
        if (count < PerThread)
        {
            local[count] = item;
            _localCount = count + 1;
            return;
        }

        lock (Gate)
        {
            // Half of the thread's store goes with it, so that a thread that only gives back takes the lock once in many times.
            for (int i = PerThread / 2; i < PerThread && Shared.Count < SharedLimit; i++)
            {
                Shared.Push(local[i]!);
            }
        }

        Array.Clear(local, PerThread / 2, PerThread / 2);
        local[PerThread / 2] = item;
        _localCount = (PerThread / 2) + 1;
    }
}
