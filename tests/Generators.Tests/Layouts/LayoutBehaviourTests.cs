using System.Reflection;
using Contracts.Ipc.Generators.Tests.Harness;
using Contracts.Ipc.SharedMemory;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Tests.Layouts;

/// <summary>What a layout says, where it comes from, and when it is made anew.</summary>
public sealed class LayoutBehaviourTests
{
    private const string Library =
        """
        namespace Lib;

        public enum Level : short { Low, High = 7 }

        [SharedLayout, System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 2)]
        public partial struct Header { private int _version; internal Level Level; public long Time; }

        [SharedLayout, System.Runtime.CompilerServices.InlineArray(3)]
        public partial struct Headers { private Header _element; }

        [SharedLayout, System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)]
        public partial struct Reversed
        {
            [System.Runtime.InteropServices.FieldOffset(8)] public int Last;
            [System.Runtime.InteropServices.FieldOffset(0)] public int First;
        }
        """;

    private const string App =
        """
        namespace Acme;

        [SharedLayout] public partial struct Message { public byte Kind; public Lib.Header Header; public Lib.Headers More; public Lib.Reversed Reversed; }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Shared_structs_of_another_assembly_keep_their_layout(bool isReferenceAssembly)
    {
        GeneratorRun library = GeneratorRun.Of(TestCompilation.Create(Library, "Lib")).CompilesCleanly();
        MetadataReference reference = isReferenceAssembly ? library.ToReferenceAssembly() : library.ToReference();
        GeneratorRun app = GeneratorRun.Of(TestCompilation.Create(App, references: [reference])).CompilesCleanly();

        SharedLayout layout = LayoutOf(app.Load(library), "Acme.Message");

        Assert.Equal((72, 4), (layout.Size, layout.Alignment));
        Assert.Equal(
            [
                new SharedField("Kind", "Byte", 0, 1),
                new SharedField("Header._version", "Int32", 2, 4),
                new SharedField("Header.Level", "Level:Int16", 6, 2),
                new SharedField("Header.Time", "Int64", 8, 8),
                new SharedField("More[]._version", "Int32[3:14]", 16, 12),
                new SharedField("More[].Level", "Level:Int16[3:14]", 20, 6),
                new SharedField("More[].Time", "Int64[3:14]", 22, 24),
                new SharedField("Reversed.First", "Int32", 60, 4),
                new SharedField("Reversed.Last", "Int32", 68, 4),
            ],
            layout.Fields);
        Assert.Contains("#define LIB_LEVEL_HIGH ((lib_level)7)", layout.ToCHeader(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_the_struct_does_not_count_but_every_leaf_does()
    {
        ulong first = Fingerprint("public int A; public Inner B;");
        Assert.Equal(first, Fingerprint("public int A; public Inner B;", "Renamed"));
        string[] others =
        [
            "public int A2; public Inner B;", "public uint A; public Inner B;", "public Inner B; public int A;", "public int A; public Inner B; public int C;",
            "public int A; private int _pad; public Inner B;", "public int A; public Inner C;",
        ];
        Assert.All(others, fields => Assert.NotEqual(first, Fingerprint(fields)));
    }

    [Fact]
    public void The_fingerprint_is_the_hash_of_a_text_that_other_languages_can_write()
    {
        SharedLayout layout = LayoutOf(
            GeneratorRun.Of("[SharedLayout] public partial struct Sample { public byte Kind; public double Value; }").Load(), "Sample");
        ulong hash = 14695981039346656037;
        foreach (byte b in "16 8\n0 1 Byte Kind\n8 8 Double Value\n"u8)
        {
            hash = unchecked((hash ^ b) * 1099511628211);
        }

        Assert.Equal(hash, layout.Fingerprint);
        Assert.Same(layout, layout);
    }

    [Fact]
    public void A_layout_that_the_runtime_does_not_share_is_refused_at_first_use()
    {
        // As if the struct had been compiled against another version of what it contains.
        GeneratorRun right = GeneratorRun.Of(TestCompilation.Create("namespace Lib; [SharedLayout] public partial struct Inner { public int A; public int B; }", "Lib"));
        GeneratorRun wrong = GeneratorRun.Of(TestCompilation.Create("namespace Lib; [SharedLayout] public partial struct Inner { public long C; public int A; public int B; }", "Lib"));
        GeneratorRun app = GeneratorRun.Of(TestCompilation.Create("[SharedLayout] public partial struct Outer { public Lib.Inner Inner; }", references: [right.ToReference()]));

        TargetInvocationException error = Assert.Throws<TargetInvocationException>(() => LayoutOf(app.Load(wrong), "Outer"));

        var inner = Assert.IsType<InvalidOperationException>(error.InnerException);
        Assert.StartsWith("'Outer' has 16 bytes at run time; at compile time 8 were computed.", inner.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_struct_of_another_assembly_that_somebody_vouches_for_is_one_leaf()
    {
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create([VouchedFor(8, 4)])).CompilesCleanly();
        SharedLayout layout = LayoutOf(run.Load(), "Sample");
        Assert.Equal(
            [new SharedField("Kind", "Byte", 0, 1), new SharedField("Position", "Point", 4, 8), new SharedField("Held._pair", "KeyValuePair<Byte,Int32>", 12, 8)], layout.Fields);
        Assert.Contains("CONTRACTS_ALIGNAS(4) uint8_t Position[8];", layout.ToCHeader(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, 4, "'Other' has 8 bytes at run time; at compile time 12 were computed.")]
    [InlineData(8, 8, "'System.Drawing.Point behind a byte' has 12 bytes at run time; at compile time 16 were computed.")]
    public void Whoever_vouches_for_what_is_not_so_is_refused_at_first_use(int size, int alignment, string message)
    {
        TargetInvocationException error = Assert.Throws<TargetInvocationException>(() => LayoutOf(GeneratorRun.Of(TestCompilation.Create([VouchedFor(size, alignment)])).Load(), "Other"));
        Assert.StartsWith(message, Assert.IsType<InvalidOperationException>(error.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_assembly_vouches_for_counts_for_those_that_contain_its_structs()
    {
        GeneratorRun library = GeneratorRun.Of(TestCompilation.Create("[assembly: ForeignLayout(typeof(System.Drawing.Point), 8, 4)]\nnamespace Lib; [SharedLayout] public partial struct Spot { public System.Drawing.Point At; }", "Lib")).CompilesCleanly();
        GeneratorRun app = GeneratorRun.Of(TestCompilation.Create("[SharedLayout] public partial struct Map { public Lib.Spot Spot; }", references: [library.ToReference()])).CompilesCleanly();
        Assert.Equal([new SharedField("Spot.At", "Point", 0, 8)], LayoutOf(app.Load(library), "Map").Fields);
    }

    [Fact]
    public void Whoever_contains_a_struct_with_a_fixed_buffer_need_not_allow_unsafe_code()
    {
        GeneratorRun library = GeneratorRun.Of(TestCompilation.Create("namespace Lib; [SharedLayout] public unsafe partial struct Text { public fixed byte Bytes[12]; }", "Lib", allowUnsafe: true));
        GeneratorRun app = GeneratorRun.Of(TestCompilation.Create("[SharedLayout] public partial struct Line { public Lib.Text Text; }", references: [library.ToReference()])).CompilesCleanly();
        Assert.Equal([new SharedField("Text.Bytes", "Byte[12]", 0, 12)], LayoutOf(app.Load(library), "Line").Fields);
    }

    [Fact]
    public void The_largest_struct_is_measured_without_being_copied()
    {
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create("[SharedLayout] public unsafe partial struct Sample { public fixed byte Bytes[1024 * 1024]; }", allowUnsafe: true)).CompilesCleanly();
        Assert.Equal(1024 * 1024, LayoutOf(run.Load(), "Sample").Size);
    }

    [Fact]
    public void Fields_that_nobody_assigns_are_no_reason_for_a_warning() => GeneratorRun.Of(
        "[SharedLayout] internal partial struct Sample { public readonly byte Kind; private byte _padding1; internal int Count; private Inner _inner; public Sample(byte kind) => Kind = kind; } internal struct Inner { public int A; }").CompilesCleanly();

    [Fact]
    public void Properties_that_implement_interfaces_are_measured_too()
    {
        GeneratorRun run = GeneratorRun.Of("namespace Acme; public interface IHas<T> { T Value { get; set; } } [SharedLayout] public partial struct Sample : IHas<int> { public long First; int IHas<int>.Value { get; set; } }").CompilesCleanly();
        SharedLayout layout = LayoutOf(run.Load(), "Acme.Sample");
        Assert.Equal((16, 8), (layout.Size, layout.Fields[1].Offset));
        Assert.Contains("int32_t Acme_IHas_System_Int32__Value;", layout.ToCHeader(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_that_moves_nothing_makes_nothing_anew()
    {
        const string Struct = "[SharedLayout] public partial struct Sample { public int A; }";
        const string Code = "public static class Program { public static int Answer() => 42; }";
        CSharpCompilation compilation = TestCompilation.Create([Struct, Code]);
        GeneratorRun run = GeneratorRun.Of(compilation);

        GeneratorRun unrelated = run.Again(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], TestCompilation.Parse(TestCompilation.Usings + Code.Replace("42", "43", StringComparison.Ordinal), "Source1.cs")));
        Assert.All(Outputs(unrelated), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

        GeneratorRun method = run.Again(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], TestCompilation.Parse(TestCompilation.Usings + Struct.Replace("int A;", "int A; public int Twice() => 2 * A;", StringComparison.Ordinal), "Source0.cs")));
        Assert.All(Outputs(method), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

        GeneratorRun field = run.Again(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], TestCompilation.Parse(TestCompilation.Usings + Struct.Replace("int A;", "long A;", StringComparison.Ordinal), "Source0.cs")));
        Assert.Contains(IncrementalStepRunReason.Modified, Outputs(field));
    }

    private static string VouchedFor(int size, int alignment) => $$"""
        [assembly: ForeignLayout(typeof(System.Drawing.Point), {{size}}, {{alignment}})]
        [assembly: ForeignLayout(typeof(KeyValuePair<byte, int>), 8, 4)]
        [SharedLayout] public partial struct Sample { public byte Kind; public System.Drawing.Point Position; public Held Held; }
        [SharedLayout] public partial struct Other { public System.Drawing.Point First; }
        public struct Held { private KeyValuePair<byte, int> _pair; public Held(int value) => _pair = new(1, value); }
        """;

    private static IEnumerable<IncrementalStepRunReason> Outputs(GeneratorRun run)
        => run.Layouts.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason);

    private static ulong Fingerprint(string fields, string name = "Sample") => LayoutOf(
        GeneratorRun.Of($"[SharedLayout] public partial struct {name} {{ {fields} }} public struct Inner {{ public short S; }}").Load(), name).Fingerprint;

    private static SharedLayout LayoutOf(Assembly assembly, string type)
        => (SharedLayout)typeof(SharedLayout).GetMethod(nameof(SharedLayout.Of))!.MakeGenericMethod(assembly.GetType(type, throwOnError: true)!).Invoke(null, null)!;
}
