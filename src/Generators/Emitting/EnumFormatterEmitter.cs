using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes the formatter of an enum that does not take every number.</summary>
internal static class EnumFormatterEmitter
{
    internal static void Write(SourceWriter writer, EnumFormatterModel model)
    {
        writer.Line($"public static void Write(ref {Names.Writer} writer, {model.TypeName} value) => writer.Write(({model.NumberName})value);");
        writer.Line();
        using (writer.Open($"public static {model.TypeName} Read(ref {Names.Reader} reader)"))
        {
            string known = string.Join(" or ", model.Known.Select(Pattern));
            writer.Line($"{model.NumberName} value = reader.Read{model.Number}();");
            if (model.Replacement is { } replacement)
            {
                writer.Line("// Newer versions may send more.");
                writer.Line($"return value is {known} ? ({model.TypeName})value : {replacement};");
            }
            else
            {
                using (writer.Open($"if (value is not ({known}))"))
                {
                    writer.Line($"throw {Names.Raw}.UnknownEnumValue(ref reader, value, {Names.Literal(model.DisplayName)});");
                }

                writer.Line();
                writer.Line($"return ({model.TypeName})value;");
            }
        }
    }

    // The compiler searches many of them by halves, and compares a pair of bounds at once.
    private static string Pattern(ValueRange range) => range.First == range.Last
        ? ValueRange.Text(range.First)
        : $">= {ValueRange.Text(range.First)} and <= {ValueRange.Text(range.Last)}";
}
