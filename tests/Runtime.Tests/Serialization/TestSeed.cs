using System.Globalization;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

/// <summary>A new seed for each run, printed; CONTRACTS_TEST_SEED repeats a run.</summary>
internal static class TestSeed
{
    public static ulong Next(ITestOutputHelper output)
    {
        ulong seed = Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") is { Length: > 0 } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"Seed {seed}. Repeat with CONTRACTS_TEST_SEED={seed}.");
        return seed;
    }
}
