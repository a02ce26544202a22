namespace Contracts.Ipc.SharedMemory;

/// <summary>A shared-memory object could not be made, opened or used. <see cref="IpcException.Code"/> says what kind of obstacle it was.</summary>
/// <param name="code">What went wrong, for programs.</param>
/// <param name="message">Which object, what happened, what to do.</param>
/// <param name="innerException">The cause.</param>
public class SharedMemoryException(IpcErrorCode code, string message, Exception? innerException = null)
    : IpcException(code, message, innerException);

/// <summary>An object was made for another struct than the one it is opened with. The message names the first field that differs.</summary>
/// <param name="message">The object, both structs, the field with both offsets and types.</param>
/// <param name="expected">The first field that differs, as this process has it; null if the object has one more.</param>
/// <param name="found">The same, as the object was made with; null if this process has one more, or if only sizes differ.</param>
public sealed class SharedLayoutMismatchException(string message, SharedField? expected = null, SharedField? found = null)
    : SharedMemoryException(IpcErrorCode.Incompatible, message)
{
    /// <summary>The first field that differs, as this process has it; null if the object has a field more.</summary>
    public SharedField? Expected { get; } = expected;

    /// <summary>The first field that differs, as the object was made with; null if this process has a field more.</summary>
    public SharedField? Found { get; } = found;
}
