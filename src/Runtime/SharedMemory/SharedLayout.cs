using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;

namespace Contracts.Ipc.SharedMemory;

/// <summary>How a struct lies in memory. Made by generated code, once for each struct.</summary>
public sealed class SharedLayout
{
    private SharedLayout(string name, int size, int alignment, ulong fingerprint, SharedField[] fields)
    {
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

    /// <summary>Called by generated code: checks what was computed at compile time against what the runtime does.</summary>
    /// <typeparam name="T">The struct.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="size">Its bytes as computed.</param>
    /// <param name="alignment">Its alignment as computed.</param>
    /// <param name="fingerprint">The hash as computed.</param>
    /// <param name="fields">All leaves, as computed.</param>
    /// <param name="members">The struct's own fields with their offsets as computed and as measured.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static SharedLayout Create<T>(
        string name, int size, int alignment, ulong fingerprint, SharedField[] fields, params ReadOnlySpan<(string Name, int Computed, nint Measured)> members)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != size)
        {
            throw SharedMemoryError.SizeDiffers(name, size, Unsafe.SizeOf<T>());
        }

        foreach ((string member, int computed, nint measured) in members)
        {
            if (computed != measured)
            {
                throw SharedMemoryError.OffsetDiffers(name, member, computed, measured);
            }
        }

        return new SharedLayout(name, size, alignment, fingerprint, fields);
    }
}
