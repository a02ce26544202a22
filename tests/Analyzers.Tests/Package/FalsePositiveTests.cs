using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Package;

/// <summary>Code that is right hears no warning: shapes that everybody knows, the examples, and what the generator writes.</summary>
public sealed class FalsePositiveTests
{
    /// <summary>Structs as operating systems, graphics, protocols and exchanges have them.</summary>
    private static readonly string[] Shapes =
    [
        "struct Point { public int X; public int Y; }",
        "struct Rect { public int Left; public int Top; public int Right; public int Bottom; }",
        "struct Vector3 { public float X; public float Y; public float Z; }",
        "struct Quaternion { public float X; public float Y; public float Z; public float W; }",
        "struct Complex { public double Real; public double Imaginary; }",
        "struct Color { public byte Red; public byte Green; public byte Blue; public byte Alpha; }",
        "struct TimeSpec { public long Seconds; public long Nanoseconds; }",
        "struct FileTime { public uint Low; public uint High; }",
        "struct SystemTime { public ushort Year; public ushort Month; public ushort DayOfWeek; public ushort Day; public ushort Hour; public ushort Minute; public ushort Second; public ushort Milliseconds; }",
        "struct Uuid { public uint A; public ushort B; public ushort C; public ulong D; }",
        "struct SocketAddress { public ushort Family; public ushort Port; public uint Address; public ulong Zero; }",
        "struct CanFrame { public uint Id; public byte Length; public byte Pad; public byte Reserved0; public byte Reserved1; public ulong Data; }",
        "struct Candle { public long Time; public double Open; public double High; public double Low; public double Close; public double Volume; }",
        "struct Level { public long Price; public long Quantity; }",
        "struct ImuSample { public long Time; public float Ax; public float Ay; public float Az; public float Gx; public float Gy; public float Gz; }",
        "struct GpsFix { public double Latitude; public double Longitude; public float Altitude; public float Speed; }",
        "struct Identified { public Guid Id; public TimeSpan Age; public long Count; }",
        "struct Numbers { public Half Half; public short Short; public int Int; public long Long; }",
        "struct Line { public Point From; public Point To; }",
        "struct Progress { public long Done; public long Total; public Phase Phase; public int Errors; }",
        "struct Samples { public long Count; public Window Window; }",
    ];

    private const string Around = """

        public enum Phase : int { None, Running, Done }

        [System.Runtime.CompilerServices.InlineArray(16)]
        public struct Window { private long _first; }
        """;

    /// <summary>Types of .NET that people put into messages.</summary>
    private static readonly string[] Members =
    [
        "bool", "char", "string", "byte[]", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "decimal", "Half", "Int128", "Uri", "Version", "System.Numerics.BigInteger",
        "System.Numerics.Complex", "DayOfWeek", "int?", "DateTimeOffset?", "List<string>", "Dictionary<string, long>", "IReadOnlyList<Guid>", "HashSet<int>", "(int Left, string Right)", "KeyValuePair<string, int>",
        "ReadOnlyMemory<byte>", "System.Collections.Immutable.ImmutableArray<double>", "string[][]",
    ];

    public static TheoryData<string> Examples => ["Quickstart", "PluginHost", "Telemetry"];

    [Fact]
    public async Task Well_known_shapes_may_be_shared()
    {
        string source = string.Join('\n', Shapes.Select(shape => $"[SharedLayout, System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)] public partial {shape}")) + Around;
        await AssertSilentAsync(TestProject.Compile(source));
    }

    [Fact]
    public async Task Well_known_shapes_and_types_may_travel()
    {
        string source = string.Join('\n', Shapes.Where(shape => !shape.Contains("Window", StringComparison.Ordinal)).Select(shape => "public " + shape))
            + $"\npublic record Everything({string.Join(", ", Members.Select((member, i) => $"{member} Member{i}"))});\n"
            + $"[IpcService] public partial interface IEverything {{ ValueTask<Everything> EchoAsync(Everything value); {string.Join(' ', Shapes.Where(shape => !shape.Contains("Window", StringComparison.Ordinal)).Select(shape => shape.Split(' ')[1]).Select(name => $"ValueTask<{name}> Echo{name}Async({name} value);"))} }}\n"
            + "public enum Phase : int { None, Running, Done }";
        await AssertSilentAsync(TestProject.Compile(source));
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task The_examples_hear_nothing(string example)
    {
        SyntaxTree[] trees =
        [
            .. Directory.GetFiles(Repository.PathOf("examples", example), "*.cs")
                .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), TestProject.ParseOptions, path)),
        ];
        CSharpCompilation compilation = TestProject.Compile("").AddSyntaxTrees(trees);
        await AssertSilentAsync(compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication)));
    }

    [Fact]
    public async Task What_the_generator_writes_would_pass_as_written_by_hand()
    {
        CSharpCompilation compilation = TestProject.Compile("""
            [IpcService]
            public partial interface IShop
            {
                int Count();
                ValueTask<Order> FindAsync(int id, CancellationToken cancellationToken = default);
                [OneWay] void Note(string text);
                [IpcFault(typeof(Order))] Task PutAsync(Order order);
            }

            public record Order(int Id, string? Customer, List<Guid> Articles);

            [SharedLayout, System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)]
            public partial struct Sample { public long Time; public double Value; }
            """);
        Compilation generated = Generator.Run(compilation);
        SyntaxTree[] byHand =
        [
            .. generated.SyntaxTrees.Except(compilation.SyntaxTrees).Select((tree, i) => CSharpSyntaxTree.ParseText(
                tree.ToString().Replace("<auto-generated", "<written-by-hand", StringComparison.Ordinal).Replace("GeneratedCode", "Obsolete", StringComparison.Ordinal),
                TestProject.ParseOptions,
                $"ByHand{i}.cs")),
        ];
        Assert.NotEmpty(byHand);
        await AssertNoWarningAsync(compilation.AddSyntaxTrees(byHand));
    }

    private static async Task AssertSilentAsync(CSharpCompilation compilation)
    {
        Compilation generated = Generator.Run(compilation);
        Assert.Empty(TestProject.ErrorsOf(generated));
        await AssertNoWarningAsync(generated);
    }

    private static async Task AssertNoWarningAsync(Compilation compilation)
    {
        ImmutableArray<Diagnostic> diagnostics = await TestProject.AnalyzeAsync(compilation);
        Assert.Empty(diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }
}
