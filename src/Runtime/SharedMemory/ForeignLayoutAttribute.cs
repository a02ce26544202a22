namespace Contracts.Ipc.SharedMemory;

/// <summary>
/// Vouches for a struct of another assembly that is a field of shared structs of this one: how many bytes it has, and how it is aligned.
/// </summary>
/// <remarks>
/// A compiler does not see how a struct of another assembly was declared, so that such a field is an error unless somebody knows better. Size and alignment are
/// measured at first use, and an <see cref="InvalidOperationException"/> says so if they are wrong. What the struct consists of is not looked at:
/// whoever vouches for it has read its source, found no address or handle in it, and looks again when the other assembly is updated.
/// </remarks>
/// <param name="type">The struct: <c>typeof(Point)</c>.</param>
/// <param name="size">Its bytes: what <c>sizeof</c> says.</param>
/// <param name="alignment">Its alignment: 1, 2, 4, 8 or 16.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class ForeignLayoutAttribute(Type type, int size, int alignment) : Attribute
{
    /// <summary>The struct.</summary>
    public Type Type { get; } = type;

    /// <summary>Its bytes.</summary>
    public int Size { get; } = size;

    /// <summary>Its alignment.</summary>
    public int Alignment { get; } = alignment;
}
