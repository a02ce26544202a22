namespace Contracts.Ipc.Serialization;

/// <summary>Chooses how the keys of a hash table are compared whose content comes from a message.</summary>
internal static class KeyComparer
{
    /// <returns>The comparer, or null where the default one is safe.</returns>
    public static IEqualityComparer<T>? For<T>()
    {
        if (typeof(T) == typeof(string))
        {
            return null;
        }

        return KeyedComparer<T>.Handles ? KeyedComparer<T>.Instance : new GuardedComparer<T>();
    }
}
