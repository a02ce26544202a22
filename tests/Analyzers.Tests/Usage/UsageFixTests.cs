namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class UsageFixTests
{
    [Fact]
    public Task The_only_contract_of_a_class_is_named() => VerifyFix.OneAsync(
        "IPC4001",
        "Name the contract: AddService<ICalculator>",
        """
        class Program
        {
            void Run(Server server)
            {
                // The calculator.
                server.AddService(new Calculator());
            }
        }
        """,
        """
        class Program
        {
            void Run(Server server)
            {
                // The calculator.
                server.AddService<ICalculator>(new Calculator());
            }
        }
        """,
        ContractArgumentTests.Prelude);

    [Fact]
    public Task Every_call_with_one_possible_contract_is_fixed_at_once() => VerifyFix.AllAsync(
        "IPC4001",
        "Name the contract: AddService<ICalculator>",
        """
        class Program
        {
            void Run(Server server, Server? perhaps)
            {
                server.AddService(new Calculator());
                server.AddService("other", new Calculator());
                server.AddService(_ => new Calculator());
                server.AddService<Calculator>(new Calculator());
                perhaps?.AddService(new Calculator());
            }

            ICalculator Proxy(Server server) => server.GetProxy<Calculator>();
        }
        """,
        """
        class Program
        {
            void Run(Server server, Server? perhaps)
            {
                server.AddService<ICalculator>(new Calculator());
                server.AddService<ICalculator>("other", new Calculator());
                server.AddService<ICalculator>(_ => new Calculator());
                server.AddService<ICalculator>(new Calculator());
                perhaps?.AddService<ICalculator>(new Calculator());
            }

            ICalculator Proxy(Server server) => server.GetProxy<ICalculator>();
        }
        """,
        ContractArgumentTests.Prelude);

    [Fact]
    public async Task A_class_with_several_contracts_gets_one_fix_for_each()
    {
        const string Source = "class Program { void Run(Server server) => server.AddService(new Both()); }";
        Assert.Equal(
            ["Name the contract: AddService<ICalculator>", "Name the contract: AddService<IClock>"],
            await VerifyFix.TitlesAsync("IPC4001", Source, ContractArgumentTests.Prelude));
        await VerifyFix.OneAsync(
            "IPC4001",
            "Name the contract: AddService<IClock>",
            Source,
            "class Program { void Run(Server server) => server.AddService<IClock>(new Both()); }",
            ContractArgumentTests.Prelude);
    }

    [Fact]
    public Task A_contract_of_another_namespace_is_written_in_full() => VerifyFix.OneAsync(
        "IPC4001",
        "Name the contract: AddService<Far.IRemote>",
        "class Program { void Run(Server server) => server.AddService(new Far.Remote()); }",
        "class Program { void Run(Server server) => server.AddService<Far.IRemote>(new Far.Remote()); }",
        ContractArgumentTests.Prelude + """

        namespace Far
        {
            [IpcService] public partial interface IRemote { void Do(); }
            public partial interface IRemote : IIpcContract<IRemote> { static IpcContract<IRemote> IIpcContract<IRemote>.Contract => null!; }
            public class Remote : IRemote { public void Do() { } }
        }
        """);

    [Fact]
    public async Task An_interface_in_source_is_made_a_contract()
    {
        const string Source = """
            class Program { void Run(Server server) => server.GetProxy<IWeather>(); }

            /// <summary>The weather.</summary>
            public interface IWeather
            {
                int Degrees();
            }
            """;
        using FixProject project = await FixProject.OpenAsync(Source, ContractArgumentTests.Prelude);
        var offer = Assert.Single(await project.OfferAsync("IPC4002"));
        Assert.Equal("Make 'IWeather' a contract", offer.Action.Title);
        await project.ApplyAsync(offer.Action);
        Assert.Equal(
            """
            class Program { void Run(Server server) => server.GetProxy<IWeather>(); }

            /// <summary>The weather.</summary>
            [IpcService]
            public partial interface IWeather
            {
                int Degrees();
            }
            """,
            await project.TextAsync(),
            ignoreLineEndingDifferences: true);
        Assert.Empty(await TestProject.AnalyzeAsync(await project.CompileAsync()));
    }

    [Fact]
    public Task Attributes_without_effect_are_removed_and_comments_stay() => VerifyFix.AllAsync(
        "IPC4003",
        "Remove [OneWay]",
        """
        public class Log
        {
            // One.
            [OneWay]
            public void Write(string line) { }

            /// <summary>Two.</summary>
            [Obsolete, OneWay]
            public void WriteAll(string line) { }
        }
        """,
        """
        public class Log
        {
            // One.
            public void Write(string line) { }

            /// <summary>Two.</summary>
            [Obsolete]
            public void WriteAll(string line) { }
        }
        """);

    [Fact]
    public Task Several_attributes_of_one_method_are_removed_together() => VerifyFix.AllAsync(
        "IPC4003",
        "Remove [IpcFault]",
        """
        public class Log
        {
            [IpcFault(typeof(int)), IpcFault(typeof(string))]
            [IpcFault(typeof(long))]
            public void Write(string line) { }
        }
        """,
        """
        public class Log
        {
            public void Write(string line) { }
        }
        """);
}
