using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Layouts;

/// <summary>IPC3044: shared structs where no segment opens.</summary>
public sealed class PlatformTests
{
    private const string Source = "[SharedLayout] public partial struct Sample { public long Count; }";

    [Theory, Rejects("IPC3044")]
    [InlineData(Platform.X86, null, "x86, which has 32 bits")]
    [InlineData(Platform.Arm, null, "ARM with 32 bits")]
    [InlineData(Platform.AnyCpu, "linux-musl-arm", "'linux-musl-arm', which has 32 bits")]
    [InlineData(Platform.AnyCpu, "linux-s390x", "'linux-s390x', which is big-endian")]
    public async Task Projects_for_32_bits_and_for_the_other_byte_order_are_told(Platform platform, string? identifier, string described)
        => Assert.Contains($"built for {described}.", Assert.Single(await AnalyzeAsync(platform, identifier)).GetMessage(), StringComparison.Ordinal);

    [Theory, Accepts("IPC3044")]
    [InlineData(Platform.AnyCpu, null)]
    [InlineData(Platform.AnyCpu, "")]
    [InlineData(Platform.X64, "linux-x64")]
    [InlineData(Platform.AnyCpu, "linux-musl-arm64")]
    public async Task Projects_for_64_bits_are_accepted(Platform platform, string? identifier) => Assert.Empty(await AnalyzeAsync(platform, identifier));

    private static Task<System.Collections.Immutable.ImmutableArray<Diagnostic>> AnalyzeAsync(Platform platform, string? identifier)
    {
        CSharpCompilation compilation = TestProject.Compile(Source);
        return TestProject.AnalyzeAsync(
            compilation.WithOptions(compilation.Options.WithPlatform(platform)),
            identifier is null ? null : new Dictionary<string, string> { ["build_property.RuntimeIdentifier"] = identifier });
    }
}
