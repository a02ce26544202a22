using System.Globalization;
using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes the formatter of a closed hierarchy: <c>[tag, value]</c>.</summary>
internal static class UnionFormatterEmitter
{
    internal static void Write(SourceWriter writer, UnionFormatterModel union)
    {
        WriteWrite(writer, union);
        writer.Line();
        WriteRead(writer, union);
    }

    private static void WriteWrite(SourceWriter writer, UnionFormatterModel union)
    {
        using (writer.Open($"public static void Write(ref {Names.Writer} writer, {union.TypeName}? value)"))
        {
            using (writer.Open("if (value is null)"))
            {
                writer.Line("writer.WriteNil();");
                writer.Line("return;");
            }

            writer.Line();
            if (union.IsRecursive)
            {
                writer.Line("// A case may contain the union again: its depth is counted.");
                writer.Line("writer.Enter();");
            }

            using (writer.Open("switch (value)"))
            {
                foreach (UnionCaseModel item in union.Cases)
                {
                    writer.Line($"case {item.TypeName} item:");
                    using (writer.Indent())
                    {
                        writer.Line("writer.WriteArrayHeader(2);");
                        writer.Line($"writer.Write({Number(item.Tag)});");
                        writer.Line($"{item.Formatter}.Write(ref writer, item);");
                        writer.Line("break;");
                    }
                }

                writer.Line("default:");
                using (writer.Indent())
                {
                    writer.Line($"throw {Names.Raw}.UnlistedUnionType(value, {Names.Literal(union.DisplayName)});");
                }
            }

            if (union.IsRecursive)
            {
                writer.Line();
                writer.Line("writer.Leave();");
            }
        }
    }

    private static void WriteRead(SourceWriter writer, UnionFormatterModel union)
    {
        using (writer.Open($"public static {union.TypeName}? Read(ref {Names.Reader} reader)"))
        {
            using (writer.Open("if (!reader.TryEnterUnion(out int tag))"))
            {
                writer.Line("return null;");
            }

            writer.Line();
            writer.Line($"{union.TypeName}? value;");
            using (writer.Open("switch (tag)"))
            {
                foreach (UnionCaseModel item in union.Cases)
                {
                    writer.Line($"case {Number(item.Tag)}:");
                    using (writer.Indent())
                    {
                        writer.Line($"value = {item.Formatter}.Read(ref reader);");
                        writer.Line("break;");
                    }
                }

                writer.Line("default:");
                using (writer.Indent())
                {
                    if (union.Fallback is { } fallback)
                    {
                        writer.Line("// Newer versions may send more.");
                        writer.Line($"value = {fallback};");
                        writer.Line("reader.Skip();");
                        writer.Line("break;");
                    }
                    else
                    {
                        writer.Line($"throw {Names.Raw}.UnknownUnionTag(ref reader, tag, {Names.Literal(union.DisplayName)});");
                    }
                }
            }

            writer.Line();
            writer.Line("reader.Leave();");
            writer.Line("return value;");
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
