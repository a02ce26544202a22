namespace Contracts.Ipc.Serialization;

/// <summary>
/// Writes and reads values of one type as MessagePack. Implement it in a struct without fields; the generator names the struct
/// in the code that it emits, so that calls are direct.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
public interface IMessageFormatter<T>
{
    /// <summary>Writes exactly one MessagePack value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">What.</param>
    static abstract void Write(ref MessagePackWriter writer, T value);

    /// <summary>Reads exactly one MessagePack value.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The value.</returns>
    /// <exception cref="IpcSerializationException">The bytes are not a value of this type.</exception>
    static abstract T Read(ref MessagePackReader reader);
}
