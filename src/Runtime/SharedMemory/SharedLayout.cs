using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Contracts.Ipc.SharedMemory;

/// <summary>How a struct lies in memory. Made by generated code, once for each struct.</summary>
public sealed class SharedLayout
{
    private readonly Func<string> _header;

    private SharedLayout(string name, int size, int alignment, ulong fingerprint, Func<string> header, SharedField[] fields)
    {
        _header = header;
        Name = name;
        Size = size;
        Alignment = alignment;
        Fingerprint = fingerprint;
        Fields = Array.AsReadOnly(fields);
    }

    /// <summary>The struct's name, for messages.</summary>
    public string Name { get; }

    /// <summary>Its bytes, padding included: what <c>sizeof</c> says in C# and in C.</summary>
    public int Size { get; }

    /// <summary>Its alignment in bytes: a power of two.</summary>
    public int Alignment { get; }

    /// <summary>A hash of size, alignment and all leaves. Equal layouts have equal fingerprints, on every machine and in every build.</summary>
    public ulong Fingerprint { get; }

    /// <summary>All leaves, in the order of their offsets.</summary>
    public ReadOnlyCollection<SharedField> Fields { get; }

    /// <summary>The struct as C declares it: a header that asserts size, alignment and offsets. The build writes the same text to files, if it is told where.</summary>
    /// <returns>The text of the header.</returns>
    public string ToCHeader() => _header();

    /// <summary>The layout of a shared struct.</summary>
    /// <typeparam name="T">The struct.</typeparam>
    /// <returns>The same object for every call.</returns>
    /// <exception cref="InvalidOperationException">The runtime lays the struct out differently from what was computed at compile time.</exception>
    public static SharedLayout Of<T>()
        where T : unmanaged, ISharedLayout<T>
        => T.Layout;

    /// <summary>Called by generated code: checks what was computed at compile time against what the runtime does.</summary>
    /// <typeparam name="T">The struct.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="size">Its bytes as computed.</param>
    /// <param name="alignment">Its alignment as computed.</param>
    /// <param name="fingerprint">The hash as computed.</param>
    /// <param name="header">The text of its C header.</param>
    /// <param name="fields">All leaves, as computed.</param>
    /// <param name="offsets">Fields with their offsets as computed and as measured.</param>
    /// <param name="sizes">Structs inside of it with their bytes as computed and as measured.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static SharedLayout Create<T>(
        string name,
        int size,
        int alignment,
        ulong fingerprint,
        Func<string> header,
        SharedField[] fields,
        ReadOnlySpan<(string Field, int Computed, nint Measured)> offsets,
        ReadOnlySpan<(string Type, int Computed, int Measured)> sizes)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != size)
        {
            throw SharedMemoryError.SizeDiffers(name, size, Unsafe.SizeOf<T>());
        }

        foreach ((string type, int computed, int measured) in sizes)
        {
            if (computed != measured)
            {
                throw SharedMemoryError.SizeDiffers(type, computed, measured);
            }
        }

        foreach ((string field, int computed, nint measured) in offsets)
        {
            if (computed != measured)
            {
                throw SharedMemoryError.OffsetDiffers(name, field, computed, measured);
            }
        }

        return new SharedLayout(name, size, alignment, fingerprint, header, fields);
    }
}
