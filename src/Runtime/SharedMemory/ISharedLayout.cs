namespace Contracts.Ipc.SharedMemory;

/// <summary>A struct that knows how it lies in memory. Implemented by the generator for structs with <see cref="SharedLayoutAttribute"/>.</summary>
/// <typeparam name="TSelf">The struct.</typeparam>
public interface ISharedLayout<TSelf>
    where TSelf : unmanaged, ISharedLayout<TSelf>
{
    /// <summary>Where each field lies.</summary>
    /// <exception cref="InvalidOperationException">The runtime lays the struct out differently from what was computed at compile time.</exception>
    static abstract SharedLayout Layout { get; }
}
