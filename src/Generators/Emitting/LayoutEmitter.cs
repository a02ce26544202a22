using System.Globalization;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes the file of one shared struct: the layout as computed, and what measures it at first use.</summary>
internal static class LayoutEmitter
{
    private const string SharedMemory = "global::Contracts.Ipc.SharedMemory.";
    private const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";

    internal static string Emit(LayoutModel model)
    {
        SourceWriter writer = GeneratedFile.Begin();
        GeneratedFile.Within(writer, model.Declaration.Namespace, model.Declaration.Containers, inner => WriteDeclaration(inner, model));
        return writer.ToString();
    }

    /// <summary>
    /// Writes the file with the text of the C header. The build finds it by its name and takes the text between the quotes; see
    /// Contracts.Ipc.targets.
    /// </summary>
    internal static string EmitHeader(LayoutModel model)
    {
        SourceWriter writer = GeneratedFile.Begin();
        GeneratedFile.Within(writer, model.Declaration.Namespace, model.Declaration.Containers, inner =>
        {
            using (inner.Open(model.Declaration.Header))
            using (inner.Open($"private static partial class {model.Declaration.Holder}"))
            {
                inner.Line("private const string CHeader = \"\"\"");
                inner.Raw(CHeaderEmitter.Emit(model));
                inner.Raw("\n\"\"\";\n");
            }
        });
        return writer.ToString();
    }

    /// <summary>Writes what stands in for a refused struct.</summary>
    internal static string EmitPlaceholder(LayoutPlaceholder placeholder)
    {
        LayoutDeclaration declaration = placeholder.Declaration;
        SourceWriter writer = GeneratedFile.Begin();
        writer.Line("// This struct cannot be shared: the errors of the build say why. The member below lets its uses compile, so that they are the only errors.");
        GeneratedFile.Within(writer, declaration.Namespace, declaration.Containers, inner =>
        {
            using (inner.Open(Header(declaration)))
            {
                inner.Line(Member(declaration));
                using (inner.Indent())
                {
                    string message = $"{declaration.DisplayName} cannot be shared. Its errors were reported when the project was built.";
                    inner.Line($"=> throw new global::System.InvalidOperationException({Names.Literal(message)});");
                }
            }
        });
        return writer.ToString();
    }

    private static string Header(LayoutDeclaration declaration) => $"{declaration.Header} : {SharedMemory}ISharedLayout<{declaration.TypeName}>";

    private static string Member(LayoutDeclaration declaration)
        => $"static {SharedMemory}SharedLayout {SharedMemory}ISharedLayout<{declaration.TypeName}>.Layout";

    private static void WriteDeclaration(SourceWriter writer, LayoutModel model)
    {
        LayoutDeclaration declaration = model.Declaration;
        foreach (string line in LayoutTable.Of(model.Shape))
        {
            writer.Line(("// " + line).TrimEnd());
        }

        StructShape shape = model.Shape;
        writer.Line($"[{SharedMemory}GeneratedSharedLayout({Number(shape.Size)}, {Number(shape.Alignment)}, {Number(shape.Pack)}, new int[] {{ {string.Join(", ", model.DeclaredOffsets.Select(Number))} }})]");
        using (writer.Open(Header(declaration)))
        {
            writer.Line(GeneratedFile.Attribute);
            writer.Line($"{Member(declaration)} => {declaration.Holder}.Value;");
            writer.Line();
            writer.Line(GeneratedFile.Attribute);
            using (writer.Open($"private static partial class {declaration.Holder}"))
            {
                WriteHolder(writer, model);
            }
        }
    }

    private static void WriteHolder(SourceWriter writer, LayoutModel model)
    {
        string type = model.Declaration.TypeName;
        writer.Line($"private static {SharedMemory}SharedLayout? _layout;");
        writer.Line();
        writer.Line($"internal static {SharedMemory}SharedLayout Value => _layout ??= Create();");
        writer.Line();
        bool isUnsafe = model.Measured.Any(field => field.Access == FieldAccess.FixedBuffer);
        using (writer.Open($"private static {(isUnsafe ? "unsafe " : "")}{SharedMemory}SharedLayout Create()"))
        {
            writer.Line("// On the heap, because a shared struct may be larger than what is left of the stack; in no array, whose elements have at most 64 KiB.");
            writer.Line($"ref {type} value = ref new global::System.Runtime.CompilerServices.StrongBox<{type}>().Value;");
            writer.Line();
            writer.Line("// By ref where that is possible: a field that only other processes write, or that is padding, counts as used then.");
            writer.Line($"return {SharedMemory}SharedLayout.Create<{type}>(");
            using (writer.Indent())
            {
                writer.Line($"name: {Names.Literal(model.Declaration.DisplayName)},");
                writer.Line($"size: {Number(model.Shape.Size)},");
                writer.Line($"alignment: {Number(model.Shape.Alignment)},");
                writer.Line($"fingerprint: 0x{model.Fingerprint.ToString("x16", CultureInfo.InvariantCulture)},");
                writer.Line("header: static () => CHeader,");
                writer.Line("fields:");
                WriteList(writer, model.Leaves.Select(leaf => $"new({Names.Literal(leaf.Path)}, {Names.Literal(leaf.Type)}, {Number(leaf.Offset)}, {Number(leaf.Size)})"), ",");
                writer.Line("offsets:");
                WriteList(writer, model.Measured.Select(field => $"({Names.Literal(field.Path)}, {Number(field.Offset)}, Offset(ref value, {(field.IsReadOnly ? "in" : "ref")} {Address(field)}))"), ",");
                writer.Line("sizes:");
                WriteList(writer, model.MeasuredTypes.SelectMany(Sizes), ");");
            }
        }

        writer.Line();
        if (model.MeasuredTypes.Any(nested => nested.Alignment is not null))
        {
            writer.Line("// As much longer than T as T is aligned.");
            writer.Line("private record struct AfterByte<T>(byte Before, T Value);");
            writer.Line();
        }

        writer.Line($"private static nint Offset<TField>(ref {type} value, ref readonly TField field)");
        using (writer.Indent())
        {
            writer.Line($"=> {Unsafe}.ByteOffset(ref {Unsafe}.As<{type}, byte>(ref value), ref {Unsafe}.As<TField, byte>(ref {Unsafe}.AsRef(in field)));");
        }

        foreach (MeasuredField field in model.Measured.Where(field => field.Access == FieldAccess.Hidden))
        {
            writer.Line();
            writer.Line($"[{Names.Accessor}({Names.AccessorKind}Field, Name = \"<{field.Path}>k__BackingField\")]");
            writer.Line($"private static extern ref {field.TypeName} {Accessor(field)}(ref {type} value);");
        }
    }

    private static IEnumerable<string> Sizes(MeasuredType type)
    {
        yield return $"({Names.Literal(type.DisplayName)}, {Number(type.Size)}, {Unsafe}.SizeOf<{type.TypeName}>())";
        if (type.Alignment is { } alignment)
        {
            yield return $"({Names.Literal($"{type.DisplayName} behind a byte")}, {Number(type.Size + alignment)}, {Unsafe}.SizeOf<AfterByte<{type.TypeName}>>())";
        }
    }

    private static string Address(MeasuredField field) => field.Access switch
    {
        FieldAccess.FixedBuffer => field.Expression + "[0]",
        FieldAccess.Hidden => $"{Accessor(field)}(ref value)",
        _ => field.Expression,
    };

    // The name of a property that implements an interface has dots in it.
    private static string Accessor(MeasuredField field) => "FieldOf" + string.Concat(field.Path.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_'));

    private static void WriteList(SourceWriter writer, IEnumerable<string> items, string end)
    {
        string[] lines = [.. items];
        if (lines.Length == 0)
        {
            using (writer.Indent())
            {
                writer.Line("[]" + end);
            }

            return;
        }

        using (writer.OpenList("]" + end))
        {
            foreach (string line in lines)
            {
                writer.Line(line + ",");
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
