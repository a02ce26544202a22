namespace Contracts.Ipc.Serialization;

/// <summary>
/// Keeps a type's own hash, spreads it over the buckets with a secret, and counts keys whose hashes are equal: by chance there are hardly any.
/// </summary>
/// <remarks>
/// A table asks for <see cref="Equals(T, T)"/> only when two hashes are equal, so the calls count the collisions. Reading stops once they would
/// cost more than reading itself; a table of honest keys never comes near.
/// </remarks>
internal sealed class GuardedComparer<T> : IEqualityComparer<T>
{
    private const int CollisionsAllowed = 262_144;

    private int _left = CollisionsAllowed;

    public bool Equals(T? x, T? y)
    {
        if (_left >= 0 && --_left < 0)
        {
            throw SerializationError.CollidingKeys(typeof(T));
        }

        return EqualityComparer<T>.Default.Equals(x, y);
    }

    public int GetHashCode(T obj) => obj is null ? 0 : KeyedHash.Of((uint)obj.GetHashCode(), 0);

    /// <summary>The table is complete and belongs to the program.</summary>
    public void Disarm() => _left = -1;
}
