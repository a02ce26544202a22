namespace Contracts.Ipc.SharedMemory;

/// <summary>Every error of this floor, so that wording and codes stay one voice.</summary>
internal static class SharedMemoryError
{
    public static InvalidOperationException SizeDiffers(string name, int computed, int measured) =>
        new($"'{name}' has {measured} bytes at run time; at compile time {computed} were computed. It cannot be shared: rebuild the assembly that declares it with this version of the package.");

    public static InvalidOperationException OffsetDiffers(string name, string member, int computed, nint measured) =>
        new($"'{name}.{member}' lies at offset {measured} at run time; at compile time {computed} was computed. It cannot be shared: rebuild the assembly that declares it with this version of the package.");
}
