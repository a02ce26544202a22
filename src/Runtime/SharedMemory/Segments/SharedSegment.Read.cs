using System.Runtime.CompilerServices;
using Contracts.Ipc.SharedMemory.Segments;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory;

public sealed unsafe partial class SharedSegment<T>
{
    /// <summary>Attempts of <see cref="TryRead(out T)"/>. One that fails means that a writer published and began again within the time of one copy.</summary>
    private const int ReadAttempts = 8;

    /// <summary>Copies the value that was published last, whole, without a lock and without waiting for any writer.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="TimeoutException">Writers published so fast that no copy was whole within <see cref="SharedMemoryOptions.Timeout"/>.</exception>
    [SkipLocalsInit] // the copy is written before it is read; clearing it first would cost as much as the copy
    public T Read()
    {
        bool isWhole = _latch.TryCopy(out T value, out _);
        EndRead();
        if (!isWhole)
        {
            value = ReadPatiently(_options.Timeout, out _);
        }

        return value;
    }

    /// <summary>Copies the value that was published last, and says which one it is.</summary>
    /// <param name="version">Its version, for <see cref="WaitForChange"/>.</param>
    /// <returns>The value.</returns>
    /// <exception cref="TimeoutException">Writers published so fast that no copy was whole within <see cref="SharedMemoryOptions.Timeout"/>.</exception>
    [SkipLocalsInit]
    public T Read(out long version)
    {
        bool isWhole = _latch.TryCopy(out T value, out version);
        EndRead();
        if (!isWhole)
        {
            value = ReadPatiently(_options.Timeout, out version);
        }

        return value;
    }

    /// <summary>Copies the value that was published last, trying for so long.</summary>
    /// <param name="timeout">How long.</param>
    /// <returns>The value.</returns>
    /// <exception cref="TimeoutException">Writers published so fast that no copy was whole.</exception>
    public T Read(TimeSpan timeout) => ReadPatiently(timeout, out _);

    /// <summary>Copies the value that was published last, with a few attempts.</summary>
    /// <param name="value">The value.</param>
    /// <returns>False if writers published faster than this thread could copy.</returns>
    public bool TryRead(out T value) => TryRead(out value, out _);

    /// <summary>Copies the value that was published last, with a few attempts, and says which one it is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="version">Its version, for <see cref="WaitForChange"/>.</param>
    /// <returns>False if writers published faster than this thread could copy.</returns>
    public bool TryRead(out T value, out long version)
    {
        for (int i = 0; i < ReadAttempts; i++)
        {
            bool isWhole = _latch.TryCopy(out value, out version);
            EndRead();
            if (isWhole)
            {
                return true;
            }
        }

        value = default;
        version = 0;
        return false;
    }

    // Not a wait for a writer: each attempt can succeed whatever writers do. A torn copy means that this thread was slower than two publications.
    private T ReadPatiently(TimeSpan timeout, out long version)
    {
        long deadline = WaitTime.Until(timeout);
        while (true)
        {
            if (TryRead(out T value, out version))
            {
                return value;
            }

            if (WaitTime.Now >= deadline)
            {
                throw SegmentError.Read(Name, timeout);
            }
        }
    }
}
