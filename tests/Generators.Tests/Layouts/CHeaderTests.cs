using System.Diagnostics;
using System.Reflection;
using System.Text;
using Contracts.Ipc.Generators.Tests.Harness;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Generators.Tests.Layouts;

/// <summary>What the C headers assert is true for gcc, in C and in C++.</summary>
public sealed class CHeaderTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contracts-headers-").FullName;

    [Theory]
    [InlineData("gcc", "-std=c11")]
    [InlineData("g++", "-std=c++11")]
    public async Task The_headers_of_random_structs_compile_and_their_assertions_hold(string compiler, string standard)
    {
        int seed = Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") is { } given ? (int)ulong.Parse(given, provider: null) : Random.Shared.Next();
        output.WriteLine($"CONTRACTS_TEST_SEED={seed}");
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create(new RandomStructs(seed).Write(200), allowUnsafe: true));
        var source = new StringBuilder();
        foreach (MethodInfo probe in run.Load().GetType("Acme.Probes")!.GetMethods(BindingFlags.Static | BindingFlags.Public))
        {
            var (name, layout, _, _, _) = ((string, SharedLayout, int, nint, (string Field, nint Offset)[]))probe.Invoke(null, null)!;
            await WriteAsync(name + ".h", layout.ToCHeader());
            source.Append("#include \"").Append(name).Append(".h\"\n");
        }

        Assert.Equal("", await CompileAsync(compiler, standard, source.ToString()));
    }

    [Fact]
    public async Task A_header_that_says_something_else_than_C_does_is_refused_by_the_compiler()
    {
        string header = HeaderOf(
            """
            namespace Acme;
            [SharedLayout] public partial struct Sample { public int A; public long B; }
            """,
            "Acme.Sample");
        await WriteAsync("Sample.h", header);
        Assert.Equal("", await CompileAsync("gcc", "-std=c11", "#include \"Sample.h\"\n#include \"Sample.h\"\n"));
        await WriteAsync("Sample.h", header.Replace("uint8_t padding[4];", "uint8_t padding[12];", StringComparison.Ordinal));
        string errors = await CompileAsync("gcc", "-std=c11", "#include \"Sample.h\"\n");
        Assert.Contains("acme_sample has 16 bytes", errors, StringComparison.Ordinal);
        Assert.Contains("acme_sample.B lies at 8", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_C_reserves_and_constants_at_the_limits_are_written_so_that_C_accepts_them()
    {
        string header = HeaderOf(
            """
            namespace Acme.HTTPServer2;
            public enum Limits : long { Lowest = long.MinValue, None = 0, Highest = long.MaxValue }
            public enum Big : ulong { Highest = ulong.MaxValue, highest = 1 }
            [SharedLayout] public partial struct @class { public int @int, int_, @register, bool_, größe; public Limits Limits; public Big Big; public byte padding; }
            """,
            "Acme.HTTPServer2.class");
        await WriteAsync("class.h", header);
        Assert.Equal("", await CompileAsync(
            "gcc",
            "-std=c11",
            """
            #include "class.h"
            static acme_http_server2_class value = { .int_ = 1, .int_2 = 2, .register_ = 3, .Limits = ACME_HTTP_SERVER2_LIMITS_LOWEST, .Big = ACME_HTTP_SERVER2_BIG_HIGHEST };
            _Static_assert(ACME_HTTP_SERVER2_BIG_HIGHEST2 == 1, "names that differ by case");
            _Static_assert(ACME_HTTP_SERVER2_LIMITS_LOWEST == INT64_MIN, "the lowest number");
            int sum(void) { return value.int_ + (int)ACME_HTTP_SERVER2_CLASS_LAYOUT_FINGERPRINT; }

            """));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string HeaderOf(string source, string type)
    {
        Type loaded = GeneratorRun.Of(TestCompilation.Create(source)).CompilesCleanly().Load().GetType(type, throwOnError: true)!;
        var layout = (SharedLayout)typeof(SharedLayout).GetMethod(nameof(SharedLayout.Of))!.MakeGenericMethod(loaded).Invoke(null, null)!;
        return layout.ToCHeader();
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text);

    /// <summary>What the compiler complains about.</summary>
    private async Task<string> CompileAsync(string compiler, string standard, string source)
    {
        await WriteAsync("test.c", source);
        var start = new ProcessStartInfo(Tool.Need(compiler), [standard, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-x", compiler == "gcc" ? "c" : "c++", "test.c"])
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(process.ExitCode == 0, errors.Length == 0);
        return errors;
    }
}
