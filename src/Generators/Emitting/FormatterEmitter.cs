using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes the file of one formatter.</summary>
internal static class FormatterEmitter
{
    internal static string Emit(FormatterModel formatter)
    {
        SourceWriter writer = GeneratedFile.Begin();
        using (writer.Open("namespace " + formatter.Namespace))
        {
            writer.Line("/// <summary>");
            writer.Line($"/// Formats {GeneratedFile.XmlText(formatter.DisplayName)}.");
            writer.Line("/// </summary>");
            writer.Line(GeneratedFile.Attribute);
            string nullable = formatter is MessageFormatterModel { IsValueType: true } or EnumFormatterModel ? "" : "?";
            using (writer.Open($"internal readonly struct {formatter.Name} : {Names.Formatter}<{formatter.TypeName}{nullable}>"))
            {
                switch (formatter)
                {
                    case MessageFormatterModel message:
                        MessageFormatterEmitter.Write(writer, message);
                        break;
                    case UnionFormatterModel union:
                        UnionFormatterEmitter.Write(writer, union);
                        break;
                    case EnumFormatterModel enumeration:
                        EnumFormatterEmitter.Write(writer, enumeration);
                        break;
                    case CollectionFormatterModel collection:
                        CollectionFormatterEmitter.Write(writer, collection);
                        break;
                }
            }
        }

        return writer.ToString();
    }
}
