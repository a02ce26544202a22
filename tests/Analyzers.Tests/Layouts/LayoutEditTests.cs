using Microsoft.CodeAnalysis.CodeActions;

namespace Contracts.Ipc.Analyzers.Tests.Layouts;

/// <summary>Fixes that change which fields a shared struct has and where they lie.</summary>
public sealed class LayoutEditTests
{
    [Fact]
    public Task Padding_is_declared_by_fields_that_need_none_themselves() => VerifyFix.AllAsync(
        "IPC3034",
        "Declare the padding",
        """
        [SharedLayout]
        public partial struct Sample
        {
            public byte Kind;

            // How much.
            public long Value;
            public short Last; // the end
        }

        [SharedLayout]
        internal readonly partial struct Other
        {
            public readonly long A;
            public readonly int _padding;
            public readonly byte B;
        }
        """,
        """
        [SharedLayout]
        public partial struct Sample
        {
            public byte Kind;
            private byte _padding;
            private ushort _padding2;
            private uint _padding3;

            // How much.
            public long Value;
            public short Last; // the end
            private ushort _padding4;
            private uint _padding5;
        }

        [SharedLayout]
        internal readonly partial struct Other
        {
            public readonly long A;
            public readonly int _padding;
            public readonly byte B;
            private readonly byte _padding2;
            private readonly ushort _padding3;
        }
        """);

    [Fact]
    public Task Fields_are_ordered_by_alignment_and_take_their_comments_along() => VerifyFix.OneAsync(
        "IPC3034",
        "Order the fields by alignment",
        """
        [SharedLayout]
        public partial struct Sample
        {
            public int A; // one

            /// <summary>The largest.</summary>
            public long C;

            public int Sum() => A + D;

            public int D;
        }
        """,
        """
        [SharedLayout]
        public partial struct Sample
        {
            /// <summary>The largest.</summary>
            public long C;

            public int A; // one

            public int Sum() => A + D;

            public int D;
        }
        """);

    [Fact]
    public async Task A_struct_whose_fields_cannot_be_moved_is_offered_nothing()
    {
        Assert.Equal(["Declare the padding"], await VerifyFix.TitlesAsync("IPC3034", "[SharedLayout] public partial struct Sample { public long A; public int B; }"));
        Assert.Empty(await VerifyFix.TitlesAsync("IPC3034", "#pragma warning disable IPC3023\n[SharedLayout] public partial struct Sample { public int A; public long B { get; set; } }"));
        Assert.Empty(await VerifyFix.TitlesAsync("IPC3034", "[SharedLayout] public partial struct Sample { public Inner Inner; } [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)] public struct Inner { public long A; public int B; }"));
    }

    [Theory]
    [InlineData("IPC3024", "Order the fields by alignment and remove Pack", "LayoutKind.Sequential, Pack = 1", "LayoutKind.Sequential", "public byte A;\n    public long B;", "public long B;\n    public byte A;")]
    [InlineData("IPC3024", "Remove Pack", "LayoutKind.Sequential, Pack = 1", "LayoutKind.Sequential", "public byte A;\n    public long B;", "public byte A;\n    public long B;")]
    [InlineData("IPC3046", "Remove Pack", "LayoutKind.Sequential, Pack = 1", "LayoutKind.Sequential", "public byte A;\n    public volatile int B;", "public byte A;\n    public volatile int B;")]
    [InlineData("IPC3035", "Remove Pack", "LayoutKind.Sequential, Pack = 64, Size = 32", "LayoutKind.Sequential, Size = 32", "public long A;", "public long A;")]
    [InlineData("IPC3009", "Change Size to 12", "LayoutKind.Sequential, Size = 9", "LayoutKind.Sequential, Size = 12", "public int A;", "public int A;")]
    [InlineData("IPC3009", "Remove Size", "LayoutKind.Sequential, Size = 9", "LayoutKind.Sequential", "public int A;", "public int A;")]
    [InlineData("IPC3010", "Remove Size", "LayoutKind.Sequential, Size = 3", "LayoutKind.Sequential", "public int A;", "public int A;")]
    public Task What_StructLayout_says_is_corrected(string id, string title, string before, string after, string fieldsBefore, string fieldsAfter) => VerifyFix.OneAsync(
        id, title, Sample(before, fieldsBefore), Sample(after, fieldsAfter));

    [Theory]
    [InlineData("IPC3021", "[FieldOffset(0)] public long A;\n    [FieldOffset(4)] public int B;")]
    [InlineData("IPC3022", "[FieldOffset(0)] public long A;\n    [FieldOffset(9)] public int B;")]
    public Task Offsets_that_harm_are_given_up(string id, string fields) => VerifyFix.OneAsync(
        id, "Lay the fields out one behind the other", Sample("LayoutKind.Explicit", fields), Sample("LayoutKind.Sequential", "public long A;\n    public int B;"));

    [Fact]
    public Task A_tuple_becomes_a_struct() => VerifyFix.OneAsync(
        "IPC3017",
        "Declare a struct 'SamplePosition2' for it",
        "namespace Acme;\n\n[SharedLayout]\ninternal partial struct Sample\n{\n    public (int x, double Y, byte) Position;\n}\n\npublic class SamplePosition;",
        "namespace Acme;\n\n[SharedLayout]\ninternal partial struct Sample\n{\n    public SamplePosition2 Position;\n}\n\n[SharedLayout]\ninternal partial struct SamplePosition2\n{\n    public int X;\n    public double Y;\n    public byte Item3;\n}\n\npublic class SamplePosition;");

    [Theory]
    [InlineData("IPC3018", "int? Quality", "Make two fields of it, 'Quality' and 'HasQuality'", "int Quality", "byte HasQuality")]
    [InlineData("IPC3018", "Guid? _id", "Make two fields of it, '_id' and '_hasId'", "Guid _id", "byte _hasId")]
    [InlineData("IPC3016", "DateTimeOffset Taken", "Make two fields of it, 'TakenTicks' and 'TakenOffsetMinutes'", "long TakenTicks", "short TakenOffsetMinutes")]
    [InlineData("IPC3029", "Int128 Sum", "Make two fields of it, 'SumLow' and 'SumHigh'", "ulong SumLow", "long SumHigh")]
    [InlineData("IPC3029", "UInt128 Sum", "Make two fields of it, 'SumLow' and 'SumHigh'", "ulong SumLow", "ulong SumHigh")]
    public Task A_type_that_hides_two_fields_becomes_two(string id, string before, string title, string first, string second) => VerifyFix.AllAsync(
        id,
        title,
        $"[SharedLayout]\npublic partial struct Sample\n{{\n    /// <summary>One.</summary>\n    public {before}; // in all\n}}",
        $"[SharedLayout]\npublic partial struct Sample\n{{\n    /// <summary>One.</summary>\n    public {first}; // in all\n    public {second};\n}}");

    [Theory]
    [InlineData("IPC3028", "decimal", "long")]
    [InlineData("IPC3049", "DateOnly", "int")]
    [InlineData("IPC3049", "TimeOnly", "long")]
    [InlineData("IPC3049", "System.Text.Rune", "int")]
    public Task Types_with_values_that_do_not_exist_become_numbers(string id, string from, string to) => VerifyFix.AllAsync(
        id, $"Change the type to '{to}'", $"[SharedLayout]\npublic partial struct Sample\n{{\n    public {from} A;\n}}", $"[SharedLayout]\npublic partial struct Sample\n{{\n    public {to} A;\n}}");

    [Fact]
    public Task Readonly_is_removed() => VerifyFix.AllAsync(
        "IPC3038",
        "Remove 'readonly'",
        "[SharedLayout]\npublic partial struct Sample\n{\n    // First.\n    public readonly int A, B;\n    readonly int C;\n    public int D;\n}",
        "[SharedLayout]\npublic partial struct Sample\n{\n    // First.\n    public int A, B;\n    int C;\n    public int D;\n}");

    [Fact]
    public Task Initializers_are_removed() => VerifyFix.OneAsync(
        "IPC3032",
        "Remove the initializers",
        "[SharedLayout]\npublic partial struct Sample\n{\n    public int A = 1, B;\n    public int C = 2;\n    public Sample(int b) => B = b;\n}",
        "[SharedLayout]\npublic partial struct Sample\n{\n    public int A, B;\n    public int C;\n    public Sample(int b) => B = b;\n}");

    [Theory]
    [InlineData("public enum Level : byte\n{\n    Low = 1,\n    High,\n}", "public enum Level : byte\n{\n    None = 0,\n    Low = 1,\n    High,\n}", "None")]
    [InlineData("public enum Level : byte { None = 1, High = 2 }", "public enum Level : byte { None2 = 0, None = 1, High = 2 }", "None2")]
    public Task Zero_gets_a_name(string before, string after, string name) => VerifyFix.OneAsync(
        "IPC3042", $"Add '{name} = 0' to 'Level'", "[SharedLayout] public partial struct Sample { public Level Level; }\n" + before, "[SharedLayout] public partial struct Sample { public Level Level; }\n" + after);

    [Fact]
    public Task A_length_is_written_as_a_number() => VerifyFix.AllAsync(
        "IPC3043",
        "Write 99",
        "using System.Buffers;\n[SharedLayout]\npublic unsafe partial struct Sample\n{\n    public fixed byte Text[StandardFormat.MaxPrecision];\n}\n[SharedLayout, System.Runtime.CompilerServices.InlineArray(StandardFormat.MaxPrecision)]\npublic partial struct Other\n{\n    private byte _element;\n}",
        "using System.Buffers;\n[SharedLayout]\npublic unsafe partial struct Sample\n{\n    public fixed byte Text[99];\n}\n[SharedLayout, System.Runtime.CompilerServices.InlineArray(99)]\npublic partial struct Other\n{\n    private byte _element;\n}");

    [Theory]
    [InlineData("Mark 'Inner' [SharedLayout]", "[SharedLayout]\npublic partial struct Inner { public int A; }")]
    [InlineData("Add [StructLayout(LayoutKind.Sequential)] to 'Inner'", "[StructLayout(LayoutKind.Sequential)]\npublic struct Inner { public int A; }")]
    public Task A_struct_inside_says_that_it_is_shared(string title, string after)
    {
        const string Head = "using System.Runtime.InteropServices;\n[SharedLayout] public partial struct Sample { public Inner Inner; }\n";
        return VerifyFix.OneAsync("IPC3047", title, Head + "public struct Inner { public int A; }", Head + after);
    }

    [Fact]
    public Task An_attribute_that_says_nothing_is_removed() => VerifyFix.AllAsync(
        "IPC3048",
        "Remove [ForeignLayout]",
        "using System.Drawing;\n[assembly: ForeignLayout(typeof(Guid), 16, 4)]\n[assembly: ForeignLayout(typeof(Point), 8, 4), ForeignLayout(typeof(int), 4, 4)]\n\npublic class Program;",
        "using System.Drawing;\n[assembly: ForeignLayout(typeof(Point), 8, 4)]\n\npublic class Program;");

    [Fact]
    public Task A_file_local_struct_becomes_internal() => VerifyFix.OneAsync(
        "IPC3003", "Make internal", "[SharedLayout] file partial struct Sample { public int A; }", "[SharedLayout] internal partial struct Sample { public int A; }");

    [Fact]
    public async Task The_layout_is_explained_in_a_comment_and_brought_up_to_date()
    {
        const string Before = """
            namespace Acme;

            public static partial class Outer
            {
                /// <summary>One.</summary>
                [SharedLayout]
                public partial struct Sample
                {
                    public long A;
                    public byte B;
                }
            }
            """;
        const string After = """
            namespace Acme;

            public static partial class Outer
            {
                /// <summary>One.</summary>
                // Acme.Outer.Sample: 16 bytes, aligned to 8
                //
                // offset   size  type   field
                //      0      8  Int64  A
                //      8      1  Byte   B
                //      9      7         (padding)
                [SharedLayout]
                public partial struct Sample
                {
                    public long A;
                    public byte B;
                }
            }
            """;
        Assert.Equal(After, await ExplainAsync(Before));
        Assert.Equal(After, await ExplainAsync(After));
        Assert.Equal(After, await ExplainAsync(After.Replace("Byte   B", "Int16  B", StringComparison.Ordinal)));
    }

    private static async Task<string> ExplainAsync(string source)
    {
        using FixProject project = await FixProject.OpenAsync(source, "");
        CodeAction action = Assert.Single(await project.RefactoringsAsync(new CodeFixes.Layouts.ExplainLayoutRefactoring(), source.IndexOf("Sample\n", StringComparison.Ordinal)));
        Assert.Equal("Explain the layout of 'Sample'", action.Title);
        await project.ApplyAsync(action);
        return await project.TextAsync();
    }

    private static string Sample(string layout, string fields)
        => $"using System.Runtime.InteropServices;\n[SharedLayout, StructLayout({layout})]\npublic partial struct Sample\n{{\n    {fields}\n}}";
}
