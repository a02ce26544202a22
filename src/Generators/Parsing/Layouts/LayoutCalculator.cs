using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>
/// Computes what the runtime will do with a struct: size, alignment and the offset of every field.
/// </summary>
/// <remarks>
/// It follows the runtime's rules for structs without references. A field is aligned to what its type needs, but to no more than Pack; the struct to
/// the largest of these; its size is rounded up to that, or what Size says, if that is more. What cannot be known is a problem, never a guess.
/// </remarks>
internal sealed class LayoutCalculator(INamedTypeSymbol root, KnownSymbols symbols, LayoutProblemList problems, CancellationToken cancellationToken)
{
    /// <summary>More cannot be an inline array, and should not be copied either.</summary>
    internal const int LargestSize = 1024 * 1024;

    /// <summary>What a stack of the usual size carries a few times: more should not be copied by value.</summary>
    internal const int LargestCopy = 64 * 1024;

    private readonly List<ITypeSymbol> _open = [];
    private readonly Stack<IAssemblySymbol> _holders = new();
    private readonly HashSet<ISymbol> _unmarked = new(SymbolEqualityComparer.Default);

    /// <summary>The struct itself; null if it has problems.</summary>
    internal StructShape? Compute()
    {
        LayoutShape? whole = ComputeStruct(root);
        if (whole?.Size > LargestCopy)
        {
            problems.Add(LayoutProblemKind.LargeByValue, LayoutNames.Number(whole.Size));
        }

        switch (whole)
        {
            case StructShape shape:
                return shape;
            case ArrayShape array:
                // An inline array by itself is a struct with one field.
                IFieldSymbol element = FieldsOf(root)[0];
                var field = new FieldShape(element.Name, 0, array, TypeNames.Canonical(element.Type), FieldAccess.Name);
                return new StructShape(LayoutNames.Of(root), array.Size, array.Alignment, 0, new[] { field }.ToEquatableArray());
            default:
                return null;
        }
    }

    private LayoutShape? ComputeStruct(INamedTypeSymbol type)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_open.Contains(type, SymbolEqualityComparer.Default))
        {
            // A struct in itself is an error of the compiler.
            problems.Refuse();
            return null;
        }

        if (type.Name.Length == 0)
        {
            // Unfinished code.
            problems.Refuse();
            return null;
        }

        LayoutAttributes attributes = LayoutAttributes.Of(type);
        StructRules.Check(type, attributes, problems);
        List<IFieldSymbol> fields = FieldsOf(type);
        _open.Add(type);
        LayoutShape?[] shapes = [.. fields.Select(field => ComputeField(field))];
        _open.RemoveAt(_open.Count - 1);
        if (shapes.Length == 0 || shapes.Contains(null))
        {
            return null;
        }

        if (LayoutAttributes.InlineArrayLength(type) is { } length)
        {
            LengthRules.CheckInlineArray(type, symbols, problems);
            return ArrayOf(shapes[0]!, length);
        }

        return attributes.Kind == LayoutAttributes.Auto ? null : Arrange(type, attributes, fields, shapes!);
    }

    private LayoutShape? ComputeField(IFieldSymbol field)
    {
        problems.Enter(field);
        FieldRules.Check(field, problems);
        LengthRules.CheckBuffer(field, symbols, problems);
        LayoutShape? shape = field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol buffer }
            ? ComputeType(buffer.PointedAtType) is { } element ? ArrayOf(element, field.FixedSize) : null
            : ComputeType(field.Type);
        problems.Leave();
        return shape;
    }

    private LayoutShape? ComputeType(ITypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Error or TypeKind.TypeParameter)
        {
            // An error of the compiler, or part of a generic struct that is refused as a whole.
            problems.Refuse();
            return null;
        }

        if (RefusedTypes.Find(type) is { } refused)
        {
            string[] arguments = refused == LayoutProblemKind.NullableValue
                ? [TypeNames.Display(type), TypeNames.Display(((INamedTypeSymbol)type).TypeArguments[0])]
                : [TypeNames.Display(type)];
            problems.Add(refused, arguments);
            return null;
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } enumeration)
        {
            FieldRules.CheckEnum(enumeration, problems);
            return LeafCatalogue.Find(underlying) is { } number ? LayoutNames.EnumOf(enumeration, number) : null;
        }

        if (LeafCatalogue.Find(type) is { } leaf)
        {
            FieldRules.CheckLeaf(type, problems);
            return leaf;
        }

        return ComputeNested((INamedTypeSymbol)type);
    }

    private LayoutShape? ComputeNested(INamedTypeSymbol type)
    {
        bool isShared = type.HasAttribute(AttributeNames.SharedLayout);
        if (!SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, symbols.Compilation.Assembly))
        {
            return ComputeForeign(type, isShared);
        }

        if (!isShared)
        {
            LayoutShape? inner = ComputeStruct(type);
            if (inner is not null && !StructRules.SaysLayout(type) && _unmarked.Add(type.OriginalDefinition))
            {
                problems.Add(LayoutProblemKind.UnmarkedStruct, TypeNames.Display(type.OriginalDefinition));
            }

            return inner;
        }

        problems.BeginSilence();
        LayoutShape? shape = ComputeStruct(type);
        problems.EndSilence();
        return shape;
    }

    /// <summary>
    /// A struct of another assembly is as its own compilation computed it, and its assembly has checked: the offsets are written on it.
    /// </summary>
    private LayoutShape? ComputeForeign(INamedTypeSymbol type, bool isShared)
    {
        List<IFieldSymbol> fields = FieldsOf(type);
        if (!type.IsUnmanagedType)
        {
            problems.Add(LayoutProblemKind.Reference, TypeNames.Display(type));
            return null;
        }

        if (!isShared && ForeignLayouts.Find(type, [.. _holders, symbols.Compilation.Assembly]) is { } vouched)
        {
            return vouched.ToLeaf(isMeasured: SymbolEqualityComparer.Default.Equals(vouched.Assembly, symbols.Compilation.Assembly));
        }

        if (!isShared || GeneratedLayout.Of(type) is not { } known || known.Offsets.Count != fields.Count)
        {
            problems.Add(LayoutProblemKind.Unknown, TypeNames.Display(type));
            return null;
        }

        problems.BeginSilence();
        _holders.Push(type.ContainingAssembly);
        LayoutShape?[] shapes = [.. fields.Select(field => ComputeField(field))];
        _holders.Pop();
        problems.EndSilence();
        if (shapes.Contains(null))
        {
            return null;
        }

        if (LayoutAttributes.InlineArrayLength(type) is { } length)
        {
            return ArrayOf(shapes[0]!, length);
        }

        return new StructShape(
            LayoutNames.Of(type),
            known.Size,
            known.Alignment,
            known.Pack,
            fields.Select((field, index) => ToField(field, known.Offsets[index], shapes[index]!)).OrderBy(field => field.Offset).ToEquatableArray());
    }

    private ArrayShape? ArrayOf(LayoutShape element, int length)
    {
        if (length <= 0)
        {
            problems.Refuse();
            return null;
        }

        if ((long)element.Size * length > LargestSize)
        {
            problems.Add(LayoutProblemKind.TooLarge, LayoutNames.Number((long)element.Size * length), LayoutNames.Number(LargestSize));
            return null;
        }

        return new ArrayShape(element, length);
    }

    private StructShape? Arrange(INamedTypeSymbol type, LayoutAttributes attributes, List<IFieldSymbol> fields, LayoutShape[] shapes)
    {
        int cap = attributes.Pack > 0 ? attributes.Pack : int.MaxValue;
        var placed = new List<FieldShape>();
        int alignment = 1;
        long end = 0;
        for (int i = 0; i < fields.Count; i++)
        {
            int needed = Math.Min(shapes[i].Alignment, cap);
            long offset = attributes.Kind == LayoutAttributes.Explicit ? LayoutAttributes.FieldOffset(fields[i]) ?? -1 : RoundUp(end, needed);
            if (offset < 0)
            {
                problems.Refuse();
                return null;
            }

            alignment = Math.Max(alignment, needed);
            end = Math.Max(end, offset + shapes[i].Size);
            if (end > LargestSize)
            {
                break;
            }

            placed.Add(ToField(fields[i], (int)offset, shapes[i]));
            PlacementRules.Check(fields[i], (int)offset, shapes[i], attributes, problems);
        }

        long natural = RoundUp(end, alignment);
        long size = Math.Max(natural, attributes.Size);
        if (size > LargestSize)
        {
            problems.Add(LayoutProblemKind.TooLarge, LayoutNames.Number(size), LayoutNames.Number(LargestSize));
            return null;
        }

        // In the order of the source where offsets are equal, so that an overlap names the later field.
        FieldShape[] ordered = [.. placed.OrderBy(field => field.Offset)];
        PlacementRules.CheckOverlap(ordered, problems);
        PlacementRules.CheckSize(attributes.Size, natural, alignment, problems);
        PlacementRules.CheckPack(attributes.Pack, shapes.Max(shape => shape.Alignment), problems);
        PlacementRules.CheckPadding(type, attributes, ordered, natural, problems);
        return new StructShape(LayoutNames.Of(type), (int)size, alignment, attributes.Pack, ordered.ToEquatableArray());
    }

    private FieldShape ToField(IFieldSymbol field, int offset, LayoutShape shape)
    {
        bool isOwn = SymbolEqualityComparer.Default.Equals(field.ContainingType, root);
        FieldAccess access = field switch
        {
            { AssociatedSymbol: not null } or { CanBeReferencedByName: false } => isOwn ? FieldAccess.Hidden : FieldAccess.None,
            _ when !symbols.Compilation.IsSymbolAccessibleWithin(field, root) => FieldAccess.None,
            // Whoever declares a fixed buffer allows unsafe code; whoever uses the struct need not.
            { IsFixedSizeBuffer: true } => SymbolEqualityComparer.Default.Equals(field.ContainingAssembly, symbols.Compilation.Assembly) ? FieldAccess.FixedBuffer : FieldAccess.None,
            { IsReadOnly: true } => FieldAccess.ReadOnlyName,
            _ => FieldAccess.Name,
        };
        ITypeSymbol type = field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol buffer } ? buffer.PointedAtType : field.Type;
        return new FieldShape(LayoutProblemList.NameOf(field), offset, shape, TypeNames.Canonical(type), access);
    }

    /// <summary>What lies in a struct, in the order of its source.</summary>
    internal static List<IFieldSymbol> FieldsOf(INamedTypeSymbol type)
        => [.. type.GetMembers().OfType<IFieldSymbol>().Where(field => field is { IsStatic: false, IsConst: false })];

    private static long RoundUp(long value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
