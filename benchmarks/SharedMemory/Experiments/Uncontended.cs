using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Benchmarks.SharedMemory.Experiments;

/// <summary>Every operation alone: one thread, and nobody else uses the object.</summary>
internal static class Uncontended
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static IEnumerable<Figure> Measure(int partner)
        => [.. Segments<Bytes64>("64"), .. Segments<Bytes256>("256"), .. Locks(), .. Queue<Bytes16>("16"), .. Queue<Bytes64>("64")];

    private static IEnumerable<Figure> Segments<T>(string size)
        where T : unmanaged, ISharedLayout<T>, IValue
    {
        using var segment = SharedSegment<T>.Create(ObjectName.Fresh(), new SharedMemoryOptions { UnlinkOnDispose = true });

        // All of the copy is used, else the compiler would leave out what nobody looks at.
        var copy = new T[1];
        yield return Clock.Median("read" + size, count =>
        {
            for (; count > 0; count--)
            {
                copy[0] = segment.Read();
            }
        });
        yield return Clock.Median("write" + size, count =>
        {
            T value = default;
            for (; count > 0; count--)
            {
                segment.Write(in value);
            }
        });
        yield return Clock.Median("update" + size, count =>
        {
            for (; count > 0; count--)
            {
                segment.Update(static (ref T value) => value.First++);
            }
        });
        yield return Clock.Median("lock" + size, count =>
        {
            for (; count > 0; count--)
            {
                using SharedSegmentGuard<T> guard = segment.Lock();
            }
        });
    }

    private static IEnumerable<Figure> Locks()
    {
        string name = ObjectName.Fresh();
        try
        {
            using var mutex = SharedMutex.Create(name);
            yield return Clock.Median("mutex", count =>
            {
                for (; count > 0; count--)
                {
                    using SharedMutexGuard guard = mutex.Lock(Second);
                }
            });
        }
        finally
        {
            SharedMutex.Unlink(name);
        }

        try
        {
            using var semaphore = SharedSemaphore.Create(name, 1);
            yield return Clock.Median("semaphore", count =>
            {
                for (; count > 0; count--)
                {
                    _ = semaphore.Wait(Second);
                    semaphore.Release();
                }
            });
        }
        finally
        {
            SharedSemaphore.Unlink(name);
        }

        try
        {
            using var signal = SharedEvent.Create(name, SharedEventMode.AutoReset);
            yield return Clock.Median("event", count =>
            {
                for (; count > 0; count--)
                {
                    signal.Set();
                    signal.Wait(Second);
                }
            });
        }
        finally
        {
            SharedEvent.Unlink(name);
        }

        try
        {
            using var readerWriter = SharedReaderWriterLock.Create(name);
            yield return Clock.Median("rwlock-read", count =>
            {
                for (; count > 0; count--)
                {
                    using SharedReadGuard guard = readerWriter.LockRead(Second);
                }
            });
            yield return Clock.Median("rwlock-write", count =>
            {
                for (; count > 0; count--)
                {
                    using SharedWriteGuard guard = readerWriter.LockWrite(Second);
                }
            });
        }
        finally
        {
            SharedReaderWriterLock.Unlink(name);
        }
    }

    private static IEnumerable<Figure> Queue<T>(string size)
        where T : unmanaged, ISharedLayout<T>, IValue
    {
        string name = ObjectName.Fresh();
        try
        {
            using var queue = SharedQueue<T>.Create(name, capacity: 16);
            yield return Clock.Median("queue" + size, count =>
            {
                T item = default;
                for (; count > 0; count--)
                {
                    _ = queue.TryEnqueue(in item);
                    _ = queue.TryDequeue(out item);
                }
            });
        }
        finally
        {
            SharedQueue<T>.Unlink(name);
        }
    }
}
