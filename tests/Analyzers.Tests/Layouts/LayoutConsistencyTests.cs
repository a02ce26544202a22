using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Layouts;

/// <summary>Generator and analyzers agree about any struct: what is accepted has a layout, what is refused is explained and has none.</summary>
public sealed class LayoutConsistencyTests(ITestOutputHelper output)
{
    private static readonly string[] Types =
    [
        "int", "int", "long", "byte", "double", "Half", "Guid", "Good", "Good", "Buffer", "Pair<long>", "Level", "string", "object", "nint", "DateTime", "int?", "(int, int)", "Managed", "Pair<nint>",
        "Empty", "System.Drawing.Point", "CancellationToken", "Auto", "Bad", "bool", "decimal", "Missing", "Span<int>", "Action", "Pair<Good>", "Int128", "SpinLock", "int*", "Color",
    ];

    [Fact]
    public async Task What_is_accepted_has_a_layout_and_what_is_refused_is_explained()
    {
        int seed = Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") is { } given ? (int)ulong.Parse(given, provider: null) : Random.Shared.Next();
        output.WriteLine($"CONTRACTS_TEST_SEED={seed}");
        var random = new Random(seed);
        int accepted = 0;
        const int Count = 150;
        for (int i = 0; i < Count; i++)
        {
            string source = Write(random);
            CSharpCompilation compilation = TestProject.Compile(source);
            Diagnostic[] refused = [.. (await TestProject.AnalyzeAsync(compilation)).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
            Compilation generated = Generator.Run(compilation);
            HashSet<string> known = [.. compilation.GetDiagnostics().Select(diagnostic => diagnostic.ToString())];
            Diagnostic[] added = [.. generated.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !known.Contains(diagnostic.ToString()))];
            Assert.True(added.Length == 0, $"{source}\n{string.Join('\n', (object[])added)}");

            bool hasLayout = generated.GetTypeByMetadataName("Sample")!.GetAttributes().Any(attribute => attribute.AttributeClass!.Name == "GeneratedSharedLayoutAttribute");
            bool isWhole = !TestProject.ErrorsOf(compilation).Any();

            // A shared struct inside that is refused says so itself.
            bool isExplained = refused.Any(diagnostic => diagnostic.GetMessage().Contains("Sample", StringComparison.Ordinal)) || source.Contains(" Bad F", StringComparison.Ordinal);
            Assert.True(!isWhole || hasLayout != isExplained, $"{source}\n{string.Join('\n', (object[])refused)}");
            accepted += hasLayout ? 1 : 0;
        }

        // Both happen, else the test proves nothing.
        output.WriteLine($"{accepted} of {Count} accepted");
        Assert.InRange(accepted, 1, Count - 1);
    }

    private static string Write(Random random)
    {
        var source = new StringBuilder("""
            #nullable disable
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;
            public enum Level : byte { Low }
            public enum Color { Red }
            public struct Pair<T> { public T First, Second; }
            public struct Empty { }
            public struct Managed { public int Number; public string Text; }
            [StructLayout(LayoutKind.Auto)] public struct Auto { public byte A; public int B; }
            [SharedLayout] public partial struct Good { public long A; public int B; }
            [SharedLayout] public unsafe partial struct Buffer { public fixed byte Bytes[9]; }

            """);
        source.Append("[SharedLayout] public unsafe partial struct Bad { public nint Address; }\n");
        string kind = random.Next(6) switch { 0 => "Explicit", 1 => "Auto", _ => "Sequential" };
        source.Append(CultureInfo.InvariantCulture, $"[SharedLayout, StructLayout(LayoutKind.{kind}{Number(random, ", Pack = ", 1 << random.Next(5))}{Number(random, ", Size = ", 1 + random.Next(200))})]\n");
        source.Append(random.Next(8) == 0 ? "public unsafe partial record struct Sample(int Positional)" : random.Next(12) == 0 ? "public unsafe ref partial struct Sample" : "public unsafe partial struct Sample").Append("\n{\n");
        int count = random.Next(4);
        for (int i = 0; i < count; i++)
        {
            // Most fields are good, else nothing would ever be accepted.
            string type = Types[random.Next(random.Next(3) == 0 ? Types.Length : 12)];
            string offset = kind == "Explicit" ? $"[FieldOffset({random.Next(5) * (1 + random.Next(8))})] " : "";
            source.Append(CultureInfo.InvariantCulture, $"    {offset}{(random.Next(6) == 0 ? "private readonly" : "public")} {type} F{i};\n");
        }

        source.Append(random.Next(8) switch { 0 => "    public int Property { get; set; }\n", 1 => "    public event Action Changed;\n", 2 => "    public static int Count;\n", _ => "" });
        return source.Append("}\npublic static class Uses { public static object Get() => null; }\n").ToString();
    }

    private static string Number(Random random, string name, int value) => random.Next(4) == 0 ? FormattableString.Invariant($"{name}{value}") : "";
}
