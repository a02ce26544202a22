namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class ContractArgumentTests
{
    // The face of the library in so far as these tests call it, the generated half of a contract, and two implementations.
    internal const string Prelude = """

        class Server
        {
            public void AddService<T>(T implementation) where T : class, IIpcContract<T> { }
            public void AddService<T>(Func<int, T> factory) where T : class, IIpcContract<T> { }
            public void AddService<T>(string name, T implementation) where T : class, IIpcContract<T> { }
            public void AddService<T>(IpcContract<T> contract, T implementation) where T : class { }
            public T GetProxy<T>() where T : class, IIpcContract<T> => null!;
        }

        [IpcService] public partial interface ICalculator { int Add(int a, int b); }
        [IpcService] public partial interface IClock { long Ticks(); }
        public partial interface ICalculator : IIpcContract<ICalculator> { static IpcContract<ICalculator> IIpcContract<ICalculator>.Contract => null!; }
        public partial interface IClock : IIpcContract<IClock> { static IpcContract<IClock> IIpcContract<IClock>.Contract => null!; }
        public interface IPlain { void Do(); }

        public class Calculator : ICalculator { public int Add(int a, int b) => a + b; }
        public class Both : ICalculator, IClock { public int Add(int a, int b) => a + b; public long Ticks() => 0; }
        public class Plain : IPlain { public void Do() { } }
        """;

    [Fact, Rejects("IPC4001")]
    public Task A_service_added_by_its_class_is_asked_for_its_contract() => RefusedAsync("""
        class Program
        {
            void Run(Server server, Server? perhaps)
            {
                server.{|IPC4001:AddService|}(new Calculator());
                server.{|IPC4001:AddService|}("other", new Calculator());
                server.{|IPC4001:AddService|}(_ => new Calculator());
                server.{|IPC4001:AddService<Calculator>|}(new Calculator());
                perhaps?.{|IPC4001:AddService|}(new Calculator());
                server.{|IPC4001:AddService|}(new Both());
                _ = server.{|IPC4001:GetProxy<Calculator>|}();
            }
        }
        """);

    [Fact, Accepts("IPC4001"), Accepts("IPC4002")]
    public Task A_service_added_by_its_contract_is_accepted() => Verify.AcceptsAsync("""
        class Program
        {
            void Run(Server server, ICalculator known, IpcContract<IPlain> foreign)
            {
                server.AddService<ICalculator>(new Calculator());
                server.AddService<ICalculator>("other", new Calculator());
                server.AddService<IClock>(_ => new Both());
                server.AddService(known);
                server.AddService(foreign, new Plain());
                _ = server.GetProxy<ICalculator>();
            }

            void Wrapped<T>(Server server, T service) where T : class, IIpcContract<T> => server.AddService(service);
        }
        """ + Prelude);

    [Fact, Rejects("IPC4001")]
    public Task A_wrapper_of_the_user_is_explained_like_the_library() => RefusedAsync("""
        static class Wrapper
        {
            public static void Offer<T>(T service) where T : class, IIpcContract<T> { }
            static void Run() => {|IPC4001:Offer|}(new Calculator());
        }
        """);

    [Fact, Rejects("IPC4002")]
    public Task An_interface_a_class_or_a_type_parameter_without_a_contract_is_named() => RefusedAsync("""
        class Program
        {
            void Run<T>(Server server, T any) where T : class
            {
                _ = server.{|IPC4002:GetProxy<IPlain>|}();
                server.{|IPC4002:AddService|}(new Plain());
                server.{|IPC4002:AddService|}(any);
            }
        }
        """);

    [Fact]
    public async Task The_sentence_names_the_contract_to_write()
    {
        var diagnostics = await RefusedAsync("""
            class Program { void Run(Server server) => server.{|IPC4001:AddService|}(new Calculator()); }
            """);
        Assert.Equal(
            "'AddService' takes the class 'Calculator' for the contract, but the other process knows 'Calculator' only as 'ICalculator'. Name the contract: AddService<ICalculator>(…).",
            Assert.Single(diagnostics).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_class_with_several_contracts_is_offered_each_of_them()
    {
        var diagnostics = await RefusedAsync("""
            class Program { void Run(Server server) => server.{|IPC4001:AddService|}(new Both()); }
            """);
        Assert.Contains(
            "only as one of 'ICalculator', 'IClock'.",
            Assert.Single(diagnostics).GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    // CS0311: what the compiler says to the same calls.
    private static Task<System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.Diagnostic>> RefusedAsync(string marked)
        => Verify.ReportsAsync(marked + Prelude, compilerErrors: ["CS0311"]);
}
