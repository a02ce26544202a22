using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes the formatter of a collection of references: closed, so that every call in it is direct.</summary>
internal static class CollectionFormatterEmitter
{
    private const string List = "global::System.Collections.Generic.List";
    private const string Dictionary = "global::System.Collections.Generic.Dictionary";
    private const string AsSpan = "global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan";
    private const string Keys = Names.Services + "UntrustedKeys";

    internal static void Write(SourceWriter writer, CollectionFormatterModel collection)
    {
        bool isMap = collection.Shape is CollectionShape.Dictionary or CollectionShape.DictionaryInterface;
        WriteWrite(writer, collection);
        writer.Line();
        if (isMap)
        {
            ReadMap(writer, collection);
            writer.Line();
            WriteEntries(writer, collection);
        }
        else
        {
            ReadSequence(writer, collection);
            writer.Line();
            WriteElements(writer, collection);
        }
    }

    private static void WriteWrite(SourceWriter writer, CollectionFormatterModel collection)
    {
        ItemModel first = collection.Items[0];
        using (writer.Open($"public static void Write(ref {Names.Writer} writer, {collection.TypeName}? value)"))
        {
            using (writer.Open("switch (value)"))
            {
                Case("case null:", "writer.WriteNil();");
                switch (collection.Shape)
                {
                    case CollectionShape.Array:
                        Case("default:", "WriteAll(ref writer, value);");
                        break;
                    case CollectionShape.List:
                        Case("default:", $"WriteAll(ref writer, {AsSpan}(value));");
                        break;
                    case CollectionShape.Dictionary:
                        Case("default:", "WriteAll(ref writer, value);");
                        break;
                    case CollectionShape.DictionaryInterface:
                        Case($"case {Dictionary}<{first.TypeName}, {collection.Items[1].TypeName}> dictionary:", "WriteAll(ref writer, dictionary);");
                        Case("default:", $"{collection.SharedFormatter}.Write(ref writer, value);");
                        break;
                    default:
                        Case($"case {ArrayOf(first.TypeName)} array:", "WriteAll(ref writer, array);");
                        Case($"case {List}<{first.TypeName}> list:", $"WriteAll(ref writer, {AsSpan}(list));");
                        Case("default:", $"{collection.SharedFormatter}.Write(ref writer, value);");
                        break;
                }
            }
        }

        void Case(string label, string statement)
        {
            writer.Line(label);
            using (writer.Indent())
            {
                writer.Line(statement);
                writer.Line("break;");
            }
        }
    }

    private static void WriteElements(SourceWriter writer, CollectionFormatterModel collection)
    {
        ItemModel item = collection.Items[0];
        using (writer.Open($"private static void WriteAll(ref {Names.Writer} writer, global::System.ReadOnlySpan<{item.TypeName}> items)"))
        {
            writer.Line("writer.WriteArrayHeader(items.Length);");
            using (writer.Open($"foreach ({item.TypeName} item in items)"))
            {
                writer.Line($"{item.Formatter}.Write(ref writer, item);");
            }
        }
    }

    private static void WriteEntries(SourceWriter writer, CollectionFormatterModel collection)
    {
        ItemModel key = collection.Items[0];
        ItemModel value = collection.Items[1];
        using (writer.Open($"private static void WriteAll(ref {Names.Writer} writer, {Dictionary}<{key.TypeName}, {value.TypeName}> entries)"))
        {
            writer.Line("writer.WriteMapHeader(entries.Count);");
            using (writer.Open($"foreach (global::System.Collections.Generic.KeyValuePair<{key.TypeName}, {value.TypeName}> entry in entries)"))
            {
                writer.Line($"{key.Formatter}.Write(ref writer, entry.Key);");
                writer.Line($"{value.Formatter}.Write(ref writer, entry.Value);");
            }
        }
    }

    private static void ReadSequence(SourceWriter writer, CollectionFormatterModel collection)
    {
        ItemModel item = collection.Items[0];
        using (writer.Open($"public static {collection.TypeName}? Read(ref {Names.Reader} reader)"))
        {
            using (writer.Open("if (!reader.TryEnterArray(out int count))"))
            {
                writer.Line("return null;");
            }

            writer.Line();
            bool isArray = collection.Shape is CollectionShape.Array or CollectionShape.ArrayInterface;
            writer.Line(isArray
                ? $"{ArrayOf(item.TypeName)} items = new {NewArray(item.TypeName)};"
                : $"{List}<{item.TypeName}> items = new {List}<{item.TypeName}>(count);");
            using (writer.Open("for (int i = 0; i < count; i++)"))
            {
                writer.Line(isArray
                    ? $"items[i] = {item.Formatter}.Read(ref reader);"
                    : $"items.Add({item.Formatter}.Read(ref reader));");
            }

            writer.Line();
            writer.Line("reader.Leave();");
            writer.Line("return items;");
        }
    }

    private static void ReadMap(SourceWriter writer, CollectionFormatterModel collection)
    {
        ItemModel key = collection.Items[0];
        ItemModel value = collection.Items[1];
        using (writer.Open($"public static {collection.TypeName}? Read(ref {Names.Reader} reader)"))
        {
            using (writer.Open("if (!reader.TryEnterMap(out int count))"))
            {
                writer.Line("return null;");
            }

            writer.Line();
            writer.Line($"{Dictionary}<{key.TypeName}, {value.TypeName}> entries = {Keys}.CreateDictionary<{key.TypeName}, {value.TypeName}>(count);");
            using (writer.Open("for (int i = 0; i < count; i++)"))
            {
                writer.Line($"{key.TypeName} key = {key.Formatter}.Read(ref reader);");
                writer.Line($"{Keys}.Add(ref reader, entries, key, {value.Formatter}.Read(ref reader));");
            }

            writer.Line();
            writer.Line($"{Keys}.Seal(entries);");
            writer.Line("reader.Leave();");
            writer.Line("return entries;");
        }
    }

    // int[][] is an array of int[]: the outer brackets come first.
    private static string ArrayOf(string element) => InsertRank(element, "[]");

    private static string NewArray(string element) => InsertRank(element, "[count]");

    private static string InsertRank(string element, string rank)
    {
        int ranks = element.Length;
        while (ranks > 0 && element[ranks - 1] is ']' or '[' or ',')
        {
            ranks--;
        }

        return element.Substring(0, ranks) + rank + element.Substring(ranks);
    }
}
