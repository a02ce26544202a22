using System.Globalization;
using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes a shared struct as C declares it, with assertions that a C compiler checks: C11, and C++11 as well.</summary>
/// <remarks>
/// A header needs no other: what a struct contains is declared in it too, each time behind a guard, so that headers may be included together. Nothing
/// is left to the C compiler's own padding.
/// </remarks>
internal sealed class CHeaderEmitter
{
    private readonly SourceWriter _writer = new();
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);

    internal static string Emit(LayoutModel model)
    {
        var emitter = new CHeaderEmitter();
        emitter.Write(model);
        return emitter._writer.ToString();
    }

    private void Write(LayoutModel model)
    {
        string macro = CNames.Macro(model.Shape.Type.CName);
        foreach (string line in LayoutTable.Of(model.Shape))
        {
            _writer.Line(("// " + line).TrimEnd());
        }

        _writer.Line("//");
        _writer.Line("// Generated from the C# struct. For processes of 64 bits and little-endian machines, as the segments are.");
        _writer.Line($"#ifndef {macro}_H");
        _writer.Line($"#define {macro}_H");
        _writer.Line();
        _writer.Line("#include <stddef.h>");
        _writer.Line("#include <stdint.h>");
        _writer.Line();
        CHeaderPrelude.Write(_writer);
        Declare(model.Shape);
        _writer.Line("// What a segment of this struct says in its header.");
        _writer.Line($"#define {macro}_LAYOUT_FINGERPRINT 0x{model.Fingerprint.ToString("x16", CultureInfo.InvariantCulture)}ULL");
        _writer.Line();
        _writer.Line("#endif");
    }

    private void Declare(LayoutShape shape)
    {
        switch (shape)
        {
            case ArrayShape array:
                Declare(array.Element);
                break;
            case LeafShape { Enum: { } enumeration } when _declared.Add(enumeration.Type.CName):
                Guarded(enumeration.Type.CName, () => WriteEnum(enumeration));
                break;
            case LeafShape leaf when CHeaderPrelude.Struct(leaf.C.Name) is { } text && _declared.Add(leaf.C.Name):
                Guarded(leaf.C.Name, () => _writer.Line(text));
                break;
            case StructShape type when _declared.Add(type.Type.CName):
                foreach (FieldShape field in type.Fields)
                {
                    Declare(field.Shape);
                }

                Guarded(type.Type.CName, () => WriteStruct(type));
                break;
        }
    }

    private void Guarded(string name, Action write)
    {
        string guard = CNames.Macro(name) + "_DEFINED";
        _writer.Line($"#ifndef {guard}");
        _writer.Line($"#define {guard}");
        write();
        _writer.Line("#endif");
        _writer.Line();
    }

    private void WriteEnum(EnumShape enumeration)
    {
        string name = enumeration.Type.CName;
        _writer.Line($"typedef {enumeration.Underlying} {name};");
        List<string> names = CNames.Members(enumeration.Constants.Select(constant => CNames.Macro($"{name}_{constant.Name}")));
        for (int i = 0; i < names.Count; i++)
        {
            _writer.Line($"#define {names[i]} (({name}){enumeration.Constants[i].Value})");
        }
    }

    private void WriteStruct(StructShape type)
    {
        string name = type.Type.CName;
        List<string> members = CNames.Members(type.Fields.Select(field => field.Name));
        bool isPacked = type.Pack > 0 && type.Fields.Any(field => field.Shape.Alignment > type.Pack);
        if (isPacked)
        {
            _writer.Line($"#pragma pack(push, {Number(type.Pack)})");
        }

        using (_writer.Open($"typedef struct {name}", $"}} {name};"))
        {
            WriteMembers(type, members);
        }

        if (isPacked)
        {
            _writer.Line("#pragma pack(pop)");
        }

        Assert($"sizeof({name}) == {Number(type.Size)}", $"{name} has {Number(type.Size)} bytes");
        Assert($"CONTRACTS_ALIGNOF({name}) == {Number(type.Alignment)}", $"{name} is aligned to {Number(type.Alignment)}");
        for (int i = 0; i < members.Count; i++)
        {
            string offset = Number(type.Fields[i].Offset);
            Assert($"offsetof({name}, {members[i]}) == {offset}", $"{name}.{members[i]} lies at {offset}");
        }
    }

    private void WriteMembers(StructShape type, List<string> members)
    {
        var names = new Parsing.UniqueNames(members);
        int end = 0;
        for (int i = 0; i < members.Count; i++)
        {
            FieldShape field = type.Fields[i];
            WritePadding(field.Offset - end, names);
            _writer.Line(Member(field.Shape, members[i], type.Pack));
            end = field.Offset + field.Shape.Size;
        }

        WritePadding(type.Size - end, names);
    }

    private void WritePadding(int bytes, Parsing.UniqueNames names)
    {
        if (bytes > 0)
        {
            _writer.Line($"uint8_t {names.Take("padding")}[{Number(bytes)}];");
        }
    }

    private static string Member(LayoutShape shape, string name, int pack)
    {
        string dimensions = "";
        LayoutShape element = shape;
        while (element is ArrayShape array)
        {
            dimensions += $"[{Number(array.Count)}]";
            element = array.Element;
        }

        (string type, int alignment) = element switch
        {
            LeafShape leaf => (leaf.C.Name, leaf.C.Alignment),
            StructShape nested => (nested.Type.CName, nested.Alignment),
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
        if (element is LeafShape { C.Count: > 1 } wide)
        {
            dimensions += $"[{Number(wide.C.Count)}]";
        }

        // Only what C declares by smaller parts must be told how C# aligns it.
        int needed = pack > 0 ? Math.Min(pack, shape.Alignment) : shape.Alignment;
        string align = needed > alignment ? $"CONTRACTS_ALIGNAS({Number(needed)}) " : "";
        return $"{align}{type} {name}{dimensions};";
    }

    private void Assert(string condition, string sentence) => _writer.Line($"CONTRACTS_STATIC_ASSERT({condition}, {Names.Literal(sentence)});");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
