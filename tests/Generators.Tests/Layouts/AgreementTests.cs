using System.Diagnostics;
using System.Reflection;
using System.Text;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing.Layouts;
using Contracts.Ipc.Generators.Tests.Harness;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Generators.Tests.Layouts;

/// <summary>The calculator and the runtime agree about every struct, and so does gcc about every header.</summary>
/// <remarks>
/// CONTRACTS_LAYOUT_COUNT sets how many structs are tried: 10000 are what a release is measured by, and some minutes; CONTRACTS_TEST_SEED repeats a run. They are compiled in
/// batches, because a compilation of all would hold gigabytes. Every batch that the runtime has confirmed goes to gcc as one file that includes all its headers.
/// </remarks>
public sealed class AgreementTests(ITestOutputHelper output) : IDisposable
{
    private const int BatchSize = 500;

    private readonly string _folder = Directory.CreateTempSubdirectory("contracts-layouts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Random_structs_lie_in_memory_as_computed_and_in_C_as_well()
    {
        int seed = Seed();
        int count = Environment.GetEnvironmentVariable("CONTRACTS_LAYOUT_COUNT") is { } given ? int.Parse(given, provider: null) : 800;
        output.WriteLine($"CONTRACTS_TEST_SEED={seed}");
        int structs = 0;
        int fields = 0;
        var clock = Stopwatch.StartNew();
        for (int batch = 0; structs < count; batch++)
        {
            // Among the structs that are written are some that lie in others only, and are looked at there.
            GeneratorRun run = GeneratorRun.Of(TestCompilation.Create(new RandomStructs(unchecked(seed + batch)).Write(Math.Min(BatchSize, count)), allowUnsafe: true));
            Type probes = run.Load().GetType("Acme.Probes")!;
            var source = new StringBuilder();
            foreach (MethodInfo probe in probes.GetMethods(BindingFlags.Static | BindingFlags.Public))
            {
                SharedLayout layout = Compare(probe, ref fields);
                structs++;
                await File.WriteAllTextAsync(Path.Combine(_folder, $"{probe.Name}.h"), layout.ToCHeader(), TestContext.Current.CancellationToken);
                source.Append("#include \"").Append(probe.Name).Append(".h\"\n");
            }

            await File.WriteAllTextAsync(Path.Combine(_folder, "all.c"), source.ToString(), TestContext.Current.CancellationToken);
            Assert.Equal("", await CompileAsync());
        }

        output.WriteLine($"{structs} structs, {fields} fields, {clock.Elapsed.TotalSeconds:F0} s");
    }

    private static SharedLayout Compare(MethodInfo probe, ref int fields)
    {
        var (name, layout, size, alignment, offsets) = ((string, SharedLayout, int, nint, (string Field, nint Offset)[]))probe.Invoke(null, null)!;
        Assert.Equal((name, size, (int)alignment), (name, layout.Size, layout.Alignment));
        foreach ((string field, nint offset) in offsets)
        {
            SharedField first = layout.Fields.First(leaf => leaf.Path == field || leaf.Path.StartsWith(field + ".", StringComparison.Ordinal) || leaf.Path.StartsWith(field + "[", StringComparison.Ordinal));

            // The first leaf of a field lies at its start.
            Assert.Equal((name, field, (int)offset), (name, field, first.Offset));
            fields++;
        }

        Assert.True(layout.Fields.Zip(layout.Fields.Skip(1)).All(pair => pair.First.Offset <= pair.Second.Offset), name);
        return layout;
    }

    /// <summary>What gcc says against the assertions in the headers.</summary>
    private async Task<string> CompileAsync()
    {
        var start = new ProcessStartInfo(Tool.Need("gcc"), ["-std=c11", "-fsyntax-only", "all.c"]) { WorkingDirectory = _folder, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return errors;
    }

    [Fact]
    public void The_catalogue_says_of_every_struct_of_the_framework_what_the_runtime_says()
    {
        foreach ((string name, LeafShape leaf) in LeafCatalogue.FrameworkStructs)
        {
            Type type = typeof(object).Assembly.GetType(name) ?? typeof(System.Numerics.Complex).Assembly.GetType(name, throwOnError: true)!;
            var (size, alignment) = ((int, int))typeof(AgreementTests).GetMethod(nameof(Measure), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, null)!;
            Assert.Equal((name, size, alignment), (name, leaf.Size, leaf.Alignment));
        }
    }

    private static unsafe (int Size, int Alignment) Measure<T>()
        where T : unmanaged
        => (sizeof(T), sizeof(Aligned<T>) - sizeof(T));

    private static int Seed() => Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") is { } given ? (int)ulong.Parse(given, provider: null) : Random.Shared.Next();

    private record struct Aligned<T>(byte Before, T Value)
        where T : unmanaged;
}
