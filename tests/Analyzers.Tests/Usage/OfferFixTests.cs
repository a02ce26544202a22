namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class OfferFixTests
{
    [Fact]
    public Task What_is_made_is_disposed() => VerifyFix.AllAsync(
        "IPC4004",
        "Declare it 'await using'",
        """
        class Program
        {
            async Task RunAsync()
            {
                // The connection.
                IpcConnection connection = await IpcConnection.ConnectAsync("unix:calculator");
                var server = new IpcServer();
                _ = await connection.PingAsync();
                await server.ListenAsync("unix:other");
            }
        }
        """,
        """
        class Program
        {
            async Task RunAsync()
            {
                // The connection.
                await using IpcConnection connection = await IpcConnection.ConnectAsync("unix:calculator");
                await using var server = new IpcServer();
                _ = await connection.PingAsync();
                await server.ListenAsync("unix:other");
            }
        }
        """);

    [Fact]
    public async Task Code_that_is_not_async_is_left_to_people()
        => Assert.Empty(await VerifyFix.TitlesAsync("IPC4004", "class Program { void Run() { var server = new IpcServer(); server.Connected += (_, _) => { }; } }"));

    [Fact]
    public Task Services_are_moved_before_the_server_listens() => VerifyFix.AllAsync(
        "IPC4021",
        "Add the service before the server listens",
        """
        class Program
        {
            async Task RunAsync()
            {
                await using var server = new IpcServer();
                server.AddService<IClock>(_ => null!);

                // Now.
                await server.ListenAsync("unix:calculator");
                server.AddService<ICalculator>(new Calculator());
                await Task.Delay(1);
            }
        }
        """,
        """
        class Program
        {
            async Task RunAsync()
            {
                await using var server = new IpcServer();
                server.AddService<IClock>(_ => null!);
                server.AddService<ICalculator>(new Calculator());

                // Now.
                await server.ListenAsync("unix:calculator");
                await Task.Delay(1);
            }
        }
        """,
        UsagePrelude.WithGeneratedHalf);

    [Fact]
    public async Task A_service_made_of_something_that_comes_later_stays() => Assert.Empty(await VerifyFix.TitlesAsync(
        "IPC4021",
        """
        class Program
        {
            async Task RunAsync()
            {
                await using var server = new IpcServer();
                await server.ListenAsync("unix:calculator");
                var calculator = new Calculator();
                server.AddService<ICalculator>(calculator);
            }
        }
        """,
        UsagePrelude.WithGeneratedHalf));

    [Fact]
    public async Task A_fault_is_declared_at_the_contract()
    {
        const string Source = """
            class Clock : IWatch
            {
                public ValueTask<long> TicksAsync() => throw new IpcFaultException<Overflow>(new(1));
            }

            [IpcService]
            public partial interface IWatch
            {
                /// <summary>Ticks.</summary>
                ValueTask<long> TicksAsync();
            }
            """;
        await VerifyFix.OneAsync(
            "IPC4023",
            "Declare [IpcFault(typeof(Overflow))] at IWatch.TicksAsync",
            Source,
            Source.Replace("    ValueTask<long> TicksAsync();", "    [IpcFault(typeof(Overflow))]\n    ValueTask<long> TicksAsync();", StringComparison.Ordinal),
            UsagePrelude.Contracts);
    }

    [Fact]
    public Task The_object_is_passed_instead_of_a_factory() => VerifyFix.AllAsync(
        "IPC4025",
        "Pass 'clock' itself",
        """
        sealed class Clock : IClock, IDisposable { public ValueTask<long> TicksAsync() => new(1); public void Dispose() { } }

        class Program
        {
            void Run(IpcServer server, Clock clock) => server.AddService<IClock>(_ => clock).AddService<IClock>("second", connection => clock);
        }
        """,
        """
        sealed class Clock : IClock, IDisposable { public ValueTask<long> TicksAsync() => new(1); public void Dispose() { } }

        class Program
        {
            void Run(IpcServer server, Clock clock) => server.AddService<IClock>(clock).AddService<IClock>("second", clock);
        }
        """,
        UsagePrelude.WithGeneratedHalf);
}
