using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Package;

/// <summary>What a project switches off by <c>ContractsDisabledRules</c>.</summary>
public sealed class FamilyTests
{
    private const string Source = """
        [IpcService] public interface IShop { Task PutAsync(Order order); }
        public class Order { public object? Item; }
        [SharedLayout] public partial struct Sample { public bool Flag; }
        class Shop { [OneWay] public void Put() { } }
        """;

    [Theory]
    [InlineData("", "IPC1001 IPC2001 IPC3026 IPC4003")]
    [InlineData("Usage", "IPC1001 IPC2001 IPC3026")]
    [InlineData("layout; usage", "IPC1001 IPC2001")]
    [InlineData("Message,Layout", "IPC1001 IPC4003")]
    [InlineData("Contract;Message;Layout;Usage;Evolution", "")]
    public async Task Families_that_are_named_are_silent_and_the_others_speak(string disabled, string expected)
    {
        CSharpCompilation compilation = TestProject.Compile(Source);
        IEnumerable<Diagnostic> diagnostics = await TestProject.AnalyzeAsync(compilation, new Dictionary<string, string> { ["build_property._ContractsDisabledRules"] = disabled });
        Assert.Equal(expected, string.Join(' ', diagnostics.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal)));
    }
}
