using System.Reflection;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing.Layouts;
using Contracts.Ipc.Generators.Tests.Harness;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Generators.Tests.Layouts;

/// <summary>The calculator and the runtime agree about every struct.</summary>
/// <remarks>CONTRACTS_LAYOUT_COUNT sets how many structs are tried; CONTRACTS_TEST_SEED repeats a run.</remarks>
public sealed class AgreementTests(ITestOutputHelper output)
{
    [Fact]
    public void Sizes_alignments_and_offsets_of_random_structs_are_those_of_the_runtime()
    {
        int seed = Seed();
        int count = Environment.GetEnvironmentVariable("CONTRACTS_LAYOUT_COUNT") is { } given ? int.Parse(given, provider: null) : 300;
        output.WriteLine($"CONTRACTS_TEST_SEED={seed}");

        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create(new RandomStructs(seed).Write(count), allowUnsafe: true));
        MethodInfo[] probes = [.. run.Load().GetType("Acme.Probes")!.GetMethods(BindingFlags.Static | BindingFlags.Public)];
        int fields = 0;
        foreach (MethodInfo probe in probes)
        {
            var (name, layout, size, alignment, offsets) =
                ((string, SharedLayout, int, nint, (string Field, nint Offset)[]))probe.Invoke(null, null)!;
            Assert.Equal((name, size, (int)alignment), (name, layout.Size, layout.Alignment));
            foreach ((string field, nint offset) in offsets)
            {
                SharedField first = layout.Fields.First(leaf => leaf.Path == field || leaf.Path.StartsWith(field + ".", StringComparison.Ordinal) || leaf.Path.StartsWith(field + "[", StringComparison.Ordinal));

                // The first leaf of a field lies at its start.
                Assert.Equal((name, field, (int)offset), (name, field, first.Offset));
                fields++;
            }

            Assert.True(layout.Fields.Zip(layout.Fields.Skip(1)).All(pair => pair.First.Offset <= pair.Second.Offset), name);
        }

        output.WriteLine($"{probes.Length} structs, {fields} fields");
        Assert.True(probes.Length > count / 2);
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
