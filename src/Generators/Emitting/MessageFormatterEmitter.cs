using System.Globalization;
using System.Text;
using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes the formatter of a class, record or struct: an array by index or a map by name.</summary>
internal static class MessageFormatterEmitter
{
    internal static void Write(SourceWriter writer, MessageFormatterModel message)
    {
        if (!message.IsArray)
        {
            WriteKeys(writer, message);
        }

        WriteWrite(writer, message);
        writer.Line();
        WriteRead(writer, message);
        foreach (AccessorsModel accessors in message.Accessors)
        {
            writer.Line();
            WriteAccessors(writer, accessors);
        }
    }

    private static void WriteKeys(SourceWriter writer, MessageFormatterModel message)
    {
        if (message.Members.Count > 0)
        {
            writer.Line("// Each key as it stands in the message, length included.");
        }

        foreach (MemberModel member in message.Members)
        {
            byte[] bytes = KeyBytes(member.Key);
            string list = string.Join(", ", bytes.Select((b, i) => i > 0 && b is >= 0x20 and < 0x7f and not ((byte)'\'' or (byte)'\\')
                ? $"(byte)'{(char)b}'"
                : "0x" + b.ToString("x2", CultureInfo.InvariantCulture)));
            writer.Line($"private static global::System.ReadOnlySpan<byte> {member.Name}Key => [{list}];");
            writer.Line();
        }
    }

    private static byte[] KeyBytes(string key)
    {
        byte[] text = Encoding.UTF8.GetBytes(key);
        return text.Length switch
        {
            <= 31 => [(byte)(0xa0 | text.Length), .. text],
            <= byte.MaxValue => [0xd9, (byte)text.Length, .. text],
            _ => [0xda, (byte)(text.Length >> 8), (byte)text.Length, .. text],
        };
    }

    private static void WriteWrite(SourceWriter writer, MessageFormatterModel message)
    {
        using (writer.Open($"public static void Write(ref {Names.Writer} writer, {message.TypeName}{(message.IsValueType ? "" : "?")} value)"))
        {
            if (!message.IsValueType)
            {
                using (writer.Open("if (value is null)"))
                {
                    writer.Line("writer.WriteNil();");
                    writer.Line("return;");
                }

                writer.Line();
            }

            if (message.IsRecursive)
            {
                writer.Line("// The message may contain itself: its depth is counted.");
                writer.Line("writer.Enter();");
            }

            WriteMembers(writer, message);
            if (message.IsRecursive)
            {
                writer.Line("writer.Leave();");
            }
        }
    }

    private static void WriteMembers(SourceWriter writer, MessageFormatterModel message)
    {
        var run = new RunWriter(writer);
        if (message.IsArray)
        {
            run.ArrayHeader(Slots(message));
            int slot = 0;
            foreach (MemberModel member in message.Members)
            {
                for (; slot < member.Index; slot++)
                {
                    run.Nil();
                }

                run.Value(member.Value, member.Getter, member.Name);
                slot++;
            }
        }
        else
        {
            run.MapHeader(message.Members.Count);
            foreach (MemberModel member in message.Members)
            {
                run.Key(member.Name + "Key", KeyBytes(member.Key).Length);
                run.Value(member.Value, member.Getter, member.Name);
            }
        }

        run.End();
    }

    private static int Slots(MessageFormatterModel message)
        => message.Members.Count == 0 ? 0 : message.Members[message.Members.Count - 1].Index + 1;

    private static void WriteRead(SourceWriter writer, MessageFormatterModel message)
    {
        using (writer.Open($"public static {message.TypeName}{(message.IsValueType ? "" : "?")} Read(ref {Names.Reader} reader)"))
        {
            string container = message.IsArray ? "Array" : "Map";
            if (message.IsValueType)
            {
                writer.Line($"int count = reader.Enter{container}();");
            }
            else
            {
                using (writer.Open($"if (!reader.TryEnter{container}(out int count))"))
                {
                    writer.Line("return null;");
                }

                writer.Line();
            }

            if (!message.IsConstructedLast)
            {
                writer.Line($"{message.TypeName} value = {message.Construction};");
            }

            if (message.IsArray)
            {
                ReadArray(writer, message);
            }
            else
            {
                ReadMap(writer, message);
            }
        }
    }

    private static void ReadArray(SourceWriter writer, MessageFormatterModel message)
    {
        int slot = 0;
        foreach (MemberModel member in message.Members)
        {
            for (; slot < member.Index; slot++)
            {
                SkipSlot(writer, slot);
            }

            string read = ReadExpression.Of(member.Value, "reader");
            if (member.Binding == MemberBinding.None)
            {
                SkipSlot(writer, slot);
            }
            else if (message.IsConstructedLast && member.CanBeGap && member.Binding != MemberBinding.Constructor)
            {
                writer.Line($"bool {Came(member)} = {CameInSlot(member)};");
                writer.Line($"{member.Value.TypeName} {member.Local} = {Came(member)} ? {read} : default;");
            }
            else if (message.IsConstructedLast)
            {
                writer.Line($"{member.Value.TypeName} {member.Local} = {CameInSlot(member)} ? {read} : {member.Default};");
            }
            else
            {
                using (writer.Open($"if ({CameInSlot(member)})"))
                {
                    writer.Line(Assign(message, member, read));
                }

                writer.Line();
            }

            slot++;
        }

        using (writer.Open($"if (count > {Number(slot)})"))
        {
            writer.Line($"reader.SkipMany(count - {Number(slot)});");
        }

        writer.Line();
        Finish(writer, message, member => member.CanBeGap ? Came(member) : CameInSlot(member));
    }

    /// <summary>The slot is there, and it is no gap that a writer without the member has left.</summary>
    private static string CameInSlot(MemberModel member)
        => $"count > {Number(member.Index)}{(member.CanBeGap ? " && !reader.TryReadNil()" : "")}";

    private static void SkipSlot(SourceWriter writer, int slot)
    {
        using (writer.Open($"if (count > {Number(slot)})"))
        {
            writer.Line("reader.Skip();");
        }

        writer.Line();
    }

    private static void ReadMap(SourceWriter writer, MessageFormatterModel message)
    {
        if (message.IsConstructedLast)
        {
            foreach (MemberModel member in message.Members.Where(member => member.Binding != MemberBinding.None))
            {
                writer.Line($"{member.Value.TypeName} {member.Local} = {member.Default};");
                if (member.Binding != MemberBinding.Constructor)
                {
                    writer.Line($"bool {Came(member)} = false;");
                }
            }
        }

        using (writer.Open("for (; count > 0; count--)"))
        {
            writer.Line("global::System.ReadOnlySpan<byte> key = reader.ReadKey();");
            using (writer.Open("switch (key.Length)"))
            {
                foreach (MemberModel member in message.Members.Where(member => member.Binding != MemberBinding.None))
                {
                    int length = Encoding.UTF8.GetByteCount(member.Key);
                    writer.Line($"case {Number(length)} when global::System.MemoryExtensions.SequenceEqual(key, {Names.Literal(member.Key)}u8):");
                    using (writer.Indent())
                    {
                        ReadMapMember(writer, message, member);
                        writer.Line("break;");
                    }
                }

                writer.Line("default:");
                using (writer.Indent())
                {
                    writer.Line("reader.Skip();");
                    writer.Line("break;");
                }
            }
        }

        writer.Line();
        Finish(writer, message, Came);
    }

    private static void ReadMapMember(SourceWriter writer, MessageFormatterModel message, MemberModel member)
    {
        string read = ReadExpression.Of(member.Value, "reader");
        if (!message.IsConstructedLast)
        {
            writer.Line(Assign(message, member, read));
            return;
        }

        writer.Line($"{member.Local} = {read};");
        if (member.Binding != MemberBinding.Constructor)
        {
            writer.Line($"{Came(member)} = true;");
        }
    }

    private static void Finish(SourceWriter writer, MessageFormatterModel message, Func<MemberModel, string> came)
    {
        writer.Line("reader.Leave();");
        if (!message.IsConstructedLast)
        {
            writer.Line("return value;");
            return;
        }

        MemberModel[] late = [.. message.Members.Where(member => member.Binding is MemberBinding.Assignment or MemberBinding.Accessor)];
        if (late.Length == 0)
        {
            writer.Line($"return {message.Construction};");
            return;
        }

        // What the constructor does not take keeps its initial value unless it came.
        writer.Line($"{message.TypeName} value = {message.Construction};");
        foreach (MemberModel member in late)
        {
            using (writer.Open($"if ({came(member)})"))
            {
                writer.Line(Assign(message, member, member.Local));
            }

            writer.Line();
        }

        writer.Line("return value;");
    }

    private static string Assign(MessageFormatterModel message, MemberModel member, string expression)
        => member.Binding == MemberBinding.Accessor
            ? $"{member.Setter}({(message.IsValueType ? "ref " : "")}value, {expression});"
            : $"{member.Setter} = {expression};";

    private static string Came(MemberModel member) => member.Local.TrimStart('@') + "Came";

    private static void WriteAccessors(SourceWriter writer, AccessorsModel accessors)
    {
        writer.Line("// What C# keeps from code outside the type: it is set as the type itself would set it.");
        string constraints = string.Concat(accessors.Constraints.Select(constraint => " " + constraint));
        using (writer.Open($"private static class {accessors.ClassName}{accessors.TypeParameters}{constraints}"))
        {
            bool first = true;
            foreach (AccessorModel accessor in accessors.Methods)
            {
                if (!first)
                {
                    writer.Line();
                }

                first = false;
                string target = accessor.Target is { } name ? $", Name = {Names.Literal(name)}" : "";
                writer.Line($"[{Names.Accessor}({Names.AccessorKind}{accessor.Kind}{target})]");
                writer.Line($"internal static extern {accessor.Signature};");
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
