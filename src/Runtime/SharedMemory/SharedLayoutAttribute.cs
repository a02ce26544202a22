namespace Contracts.Ipc.SharedMemory;

/// <summary>
/// Marks a partial struct whose memory several processes look at. Its layout is computed at compile time, checked against the runtime's at
/// first use, and compared whenever a process opens what another one made.
/// </summary>
/// <remarks>The generator adds <see cref="ISharedLayout{TSelf}"/>. The same field types at the same offsets are what counts; the name of the struct is not.</remarks>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class SharedLayoutAttribute : Attribute;
