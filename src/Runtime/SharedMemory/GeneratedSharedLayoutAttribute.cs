using System.ComponentModel;

namespace Contracts.Ipc.SharedMemory;

/// <summary>
/// Written by the generator on every shared struct: what was computed, for compilations that use the struct as a field of another one. They
/// cannot compute it themselves, because metadata does not show a compiler how a struct was declared.
/// </summary>
/// <param name="size">The struct's bytes.</param>
/// <param name="alignment">Its alignment.</param>
/// <param name="pack">What caps the alignment of its fields; 0 if nothing does.</param>
/// <param name="offsets">Where its fields lie, in the order of their declaration.</param>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GeneratedSharedLayoutAttribute(int size, int alignment, int pack, int[] offsets) : Attribute
{
    /// <summary>The struct's bytes.</summary>
    public int Size { get; } = size;

    /// <summary>Its alignment.</summary>
    public int Alignment { get; } = alignment;

    /// <summary>What caps the alignment of its fields; 0 if nothing does.</summary>
    public int Pack { get; } = pack;

    /// <summary>Where its fields lie, in the order of their declaration.</summary>
    public IReadOnlyList<int> Offsets { get; } = offsets;
}
