using System.Globalization;
using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>
/// Writes code that writes values. Consecutive values of bounded size form a run: room for their largest forms is reserved once, then
/// they are written without further checks. Everything else ends the run and is left to its formatter.
/// </summary>
/// <remarks>The sizes below must not be smaller than what RawMessagePack writes: nothing checks them at run time.</remarks>
internal sealed class RunWriter(SourceWriter writer)
{
    private const int LargestFixHeader = 15;

    private readonly List<(int Size, string? Comment, Func<int, string> Write)> _run = [];
    private string? _single;
    private bool _declared;

    internal void ArrayHeader(int count)
    {
        if (count <= LargestFixHeader)
        {
            Code(0x90 | count, $"writer.WriteArrayHeader({Number(count)});", "header");
        }
        else
        {
            writer.Line($"writer.WriteArrayHeader({Number(count)});");
        }
    }

    internal void MapHeader(int count)
    {
        if (count <= LargestFixHeader)
        {
            Code(0x80 | count, $"writer.WriteMapHeader({Number(count)});", "header");
        }
        else
        {
            writer.Line($"writer.WriteMapHeader({Number(count)});");
        }
    }

    internal void Nil() => Code(0xc0, "writer.WriteNil();", "gap");

    /// <summary>A constant key: a property with the bytes that stand in the message.</summary>
    internal void Key(string property, int length)
        => Add(length, null, $"writer.WriteRaw({property});", _ => $"WriteBytes(ref next, {property})");

    internal void Value(ValueModel value, string expression, string name)
    {
        if (value.Inline == InlineKind.None)
        {
            Flush();
            writer.Line($"{value.Formatter}.Write(ref writer, {expression});");
            return;
        }

        string operand = value.InlineEnum is null ? expression : $"({Keyword(value.Inline)}){expression}";
        Add(MaximumSize(value.Inline), name, $"writer.Write({operand});", rest => value.Inline switch
        {
            InlineKind.String => $"WriteString(ref writer, ref next, {operand}, {Number(rest)})",
            InlineKind.Char => $"WriteUInt16(ref next, {operand})",
            _ => $"Write{value.Inline}(ref next, {operand})",
        });
    }

    /// <summary>Writes what is still in the run.</summary>
    internal void End() => Flush();

    private static int MaximumSize(InlineKind kind) => kind switch
    {
        InlineKind.Boolean => 1,
        InlineKind.Byte or InlineKind.SByte => 2,
        InlineKind.Int16 or InlineKind.UInt16 or InlineKind.Char => 3,
        InlineKind.Int32 or InlineKind.UInt32 or InlineKind.Single => 5,
        InlineKind.Int64 or InlineKind.UInt64 or InlineKind.Double => 9,
        InlineKind.String => 32,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The value has no largest form."),
    };

    private static string Keyword(InlineKind kind) => kind switch
    {
        InlineKind.Byte => "byte",
        InlineKind.SByte => "sbyte",
        InlineKind.Int16 => "short",
        InlineKind.UInt16 => "ushort",
        InlineKind.Int32 => "int",
        InlineKind.UInt32 => "uint",
        InlineKind.Int64 => "long",
        _ => "ulong",
    };

    private void Code(int code, string alone, string comment)
        => Add(1, comment, alone, _ => $"WriteCode(ref next, 0x{code.ToString("x2", CultureInfo.InvariantCulture)})");

    private void Add(int size, string? comment, string alone, Func<int, string> write)
    {
        _single = _run.Count == 0 ? alone : null;
        _run.Add((size, comment, write));
    }

    private void Flush()
    {
        if (_single is not null)
        {
            writer.Line(_single);
        }
        else if (_run.Count > 0)
        {
            int rest = _run.Sum(value => value.Size);
            writer.Line($"// {Explain()}");
            writer.Line($"{(_declared ? "" : "ref byte ")}next = ref {Names.Raw}.Reserve(ref writer, {Number(rest)});");
            _declared = true;
            foreach ((int size, _, Func<int, string> write) in _run)
            {
                rest -= size;
                writer.Line($"next = ref {Names.Raw}.{write(rest)};");
            }

            writer.Line($"{Names.Raw}.Advance(ref writer, ref next);");
        }

        _single = null;
        _run.Clear();
    }

    // 1 header + 5 id + 3 + 32 name: what the reserved room is made of.
    private string Explain()
        => "At most " + string.Join(" + ", _run.Select(value => Number(value.Size) + (value.Comment is null ? "" : " " + value.Comment.TrimStart('@'))));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
