using System.Globalization;
using System.Text;

namespace Contracts.Ipc.Generators.Tests.Layouts;

/// <summary>
/// Writes random structs of every shape that can be shared, and beside each a probe that takes the addresses of its fields: what the runtime
/// really does, asked without anything that the calculator knows.
/// </summary>
internal sealed class RandomStructs(int seed)
{
    private static readonly string[] Leaves =
    [
        "bool", "char", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "Guid", "Half", "Int128", "UInt128",
        "TimeSpan", "DateOnly", "TimeOnly", "Index", "Range", "System.Text.Rune", "System.Numerics.Complex", "System.Numerics.Vector2", "System.Numerics.Vector3",
        "System.Numerics.Vector4", "System.Numerics.Quaternion", "System.Numerics.Plane", "System.Numerics.Matrix3x2", "System.Numerics.Matrix4x4",
        "ByteEnum", "ShortEnum", "IntEnum", "UnsignedLongEnum", "System.Drawing.Point", "System.Drawing.RectangleF", "KeyValuePair<byte, long>",
    ];

    private static readonly string[] FixedElements = ["bool", "char", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly List<Struct> _structs = [];

    internal string Write(int count)
    {
        _text.AppendLine("""
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;
            [assembly: ForeignLayout(typeof(System.Drawing.Point), 8, 4)]
            [assembly: ForeignLayout(typeof(System.Drawing.RectangleF), 16, 4)]
            [assembly: ForeignLayout(typeof(System.Collections.Generic.KeyValuePair<byte, long>), 16, 8)]
            namespace Acme;
            public enum ByteEnum : byte { None, Red = 200 }
            public enum ShortEnum : short { Lowest = short.MinValue, None = 0 }
            public enum IntEnum : int { Lowest = int.MinValue, None = 0, Highest = int.MaxValue }
            public enum UnsignedLongEnum : ulong { None, Highest = ulong.MaxValue }
            public struct Pair<TFirst, TSecond> where TFirst : unmanaged where TSecond : unmanaged { public TFirst First; public TSecond Second; }
            public struct Aligned<T> where T : unmanaged { public byte Before; public T Value; }
            """);
        for (int i = 0; i < count; i++)
        {
            WriteStruct(i);
        }

        WriteProbes();
        return _text.ToString();
    }

    private void WriteStruct(int number)
    {
        string name = Invariant($"S{number}");
        switch (_random.Next(10))
        {
            case 0:
                string element = Type();
                int length = 1 + _random.Next(5);
                _text.AppendLine(Invariant($"[SharedLayout, InlineArray({length})] public partial struct {name} {{ public {element} Element; }}"));
                _structs.Add(new Struct(name, [new Field("Element", "", "[0]")], IsInlineArray: true));
                break;
            case 1:
                Field[] positional = [.. Fields(1 + _random.Next(4)).Where(field => !field.Type.Contains('!', StringComparison.Ordinal))];
                if (positional.Length > 0)
                {
                    _text.AppendLine(Invariant($"[SharedLayout] public partial record struct {name}({string.Join(", ", positional.Select(field => $"{field.Type} {field.Name}"))});"));
                    _structs.Add(new Struct(name, []));
                }

                break;
            default:
                WriteOrdinary(name);
                break;
        }
    }

    private void WriteOrdinary(string name)
    {
        // A named size must not be smaller than the fields: with leaves alone it never is.
        bool namesSize = _random.Next(6) == 0;
        bool isExplicit = _random.Next(6) == 0;
        Field[] fields = [.. Fields(1 + _random.Next(7), onlyLeaves: namesSize || isExplicit)];
        int pack = _random.Next(3) == 0 ? 1 << _random.Next(6) : 0;
        bool isShared = _random.Next(4) != 0;
        string size = namesSize ? Invariant($", Size = {128 * (20 + _random.Next(20))}") : "";
        string attribute = Invariant($"[StructLayout(LayoutKind.{(isExplicit ? "Explicit" : "Sequential")}{(pack > 0 ? Invariant($", Pack = {pack}") : "")}{size})] ");
        int[] slots = [.. Enumerable.Range(0, fields.Length)];
        _random.Shuffle(slots);
        _text.AppendLine($"{(isShared ? "[SharedLayout] " : "")}{attribute}public unsafe partial struct {name}").AppendLine("{");
        foreach ((Field field, int slot) in fields.Zip(slots))
        {
            // No leaf and no fixed buffer is longer than a slot, and none needs more than 16. Something lies at 0, where the test expects it.
            string place = isExplicit ? Invariant($"[{(field.IsHidden ? "field: " : "")}FieldOffset({(slot == 0 ? 0 : (slot * 256) + (16 * _random.Next(4)))})] ") : "";
            _text.AppendLine("    " + place + field.Type switch
            {
                ['!', .. string element] => Invariant($"public fixed {element} {field.Name}[{1 + _random.Next(20)}];"),
                _ when field.IsHidden => $"public {field.Type} {field.Name} {{ get; set; }}",
                _ => $"public {field.Type} {field.Name};",
            });
        }

        _text.AppendLine("}");
        _structs.Add(new Struct(name, [.. fields.Where(field => !field.IsHidden)]) { IsShared = isShared });
    }

    private IEnumerable<Field> Fields(int count, bool onlyLeaves = false)
    {
        for (int i = 0; i < count; i++)
        {
            bool isFixed = _random.Next(10) == 0;
            string type = isFixed ? "!" + FixedElements[_random.Next(FixedElements.Length)] : onlyLeaves ? Leaf() : Type();
            yield return new Field(Invariant($"F{i}"), type, isFixed ? "[0]" : "", IsHidden: !isFixed && _random.Next(8) == 0);
        }
    }

    private string Type() => _random.Next(10) switch
    {
        < 3 when _structs.Count > 0 => Nested(),
        3 => $"Pair<{Leaf()}, {Leaf()}>",
        _ => Leaf(),
    };

    // Late structs must not double with every level.
    private string Nested() => _structs[_random.Next(Math.Min(_structs.Count, 16))].Name;

    private string Leaf() => Leaves[_random.Next(Leaves.Length)];

    private void WriteProbes()
    {
        _text.AppendLine("public static class Probes").AppendLine("{");
        _text.AppendLine("    private static nint At<T, TField>(ref T start, ref TField field) => Unsafe.ByteOffset(ref Unsafe.As<T, byte>(ref start), ref Unsafe.As<TField, byte>(ref field));");
        foreach (Struct type in _structs.Where(type => type.IsShared))
        {
            _text.AppendLine(Invariant($"    public static unsafe (string Name, SharedLayout Layout, int Size, nint Alignment, (string Field, nint Offset)[] Offsets) {type.Name}()")).AppendLine("    {");
            _text.AppendLine($"        ref {type.Name} value = ref new StrongBox<{type.Name}>().Value; ref var aligned = ref new StrongBox<Aligned<{type.Name}>>().Value;");
            string offsets = string.Join(", ", type.Fields.Select(field =>
                $"(\"{field.Name}\", At(ref value, ref value{(type.IsInlineArray ? "" : "." + field.Name)}{field.Index}))"));
            _text.AppendLine(Invariant($"        return (\"{type.Name}\", SharedLayout.Of<{type.Name}>(), Unsafe.SizeOf<{type.Name}>(), At(ref aligned, ref aligned.Value), [{offsets}]);"));
            _text.AppendLine("    }");
        }

        _text.AppendLine("}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // '!' before a type makes it a fixed buffer of that element.
    private sealed record Field(string Name, string Type, string Index, bool IsHidden = false);

    private sealed record Struct(string Name, Field[] Fields, bool IsInlineArray = false)
    {
        internal bool IsShared { get; init; } = true;
    }
}
