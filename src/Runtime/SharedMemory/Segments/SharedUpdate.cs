namespace Contracts.Ipc.SharedMemory;

/// <summary>Changes a shared value in place. Nobody sees the change before the delegate returns, and nobody ever sees it if it throws.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="value">The value, as last published.</param>
public delegate void SharedUpdate<T>(ref T value)
    where T : unmanaged;

/// <summary>Changes a shared value in place, with something that the caller hands in: a static lambda needs no closure.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TState">What the caller hands in.</typeparam>
/// <param name="value">The value, as last published.</param>
/// <param name="state">What the caller handed in.</param>
public delegate void SharedUpdate<T, in TState>(ref T value, TState state)
    where T : unmanaged;
