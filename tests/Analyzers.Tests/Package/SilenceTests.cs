using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Package;

/// <summary>Analyzers flow to every project that references the package, also indirectly: those without contracts hear nothing.</summary>
public sealed class SilenceTests
{
    [Fact]
    public async Task A_project_without_the_runtime_hears_nothing_even_about_look_alikes()
    {
        CSharpCompilation compilation = TestProject.Compile(
            """
            [AttributeUsage(AttributeTargets.Interface)] class IpcServiceAttribute : Attribute;
            [IpcService] interface INotPartial { object Get<T>(ref int value); }
            class OneWayAttribute : Attribute;
            class Log { [OneWay] public void Write() { } }
            """,
            withRuntime: false);
        Assert.Empty(TestProject.ErrorsOf(compilation));
        Assert.Empty(await TestProject.AnalyzeAsync(compilation));
    }

    [Fact]
    public Task A_project_without_contracts_hears_nothing() => Verify.AcceptsAsync("""
        public interface IPlain { object Get<T>(ref int value); int Count { get; } }
        public class Plain { private Plain(object value) { } public static void Add<T>(T value) where T : class { } void Run() => Add(this); }
        """);

    [Fact]
    public Task Code_with_errors_of_its_own_gets_none_of_ours() => Verify.ReportsAsync(
        """
        [IpcService] public partial interface IShop { Task AddAsync(Missing order, List<Unknown> lines); }
        class Program { void Run(IpcServer server) { server.AddService(new Missing()); server.Nothing(); Add(1); } void Add<T>(T a, T b) { } }
        """,
        compilerErrors: ["CS0246", "CS1061", "CS7036"]);

    [Fact]
    public async Task The_generated_half_of_a_contract_changes_nothing()
    {
        CSharpCompilation compilation = TestProject.Compile("""
            [IpcService] public partial interface IBase { Task<List<Order>> ListAsync(CancellationToken cancellationToken = default); }
            [IpcService] internal partial interface IShop : IBase { [OneWay] void Note(string text); }
            public record Order(int Id, string? Customer);
            """);
        Assert.Empty(await TestProject.AnalyzeAsync(compilation));
        Assert.Empty(await TestProject.AnalyzeAsync(Generator.Run(compilation)));
    }
}
