namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class EndpointFixTests
{
    [Fact]
    public Task The_endpoint_that_was_meant_is_written() => VerifyFix.OneAsync(
        "IPC4013",
        "Write \"unix:calculator\"",
        """
        class Program
        {
            IpcEndpoint Endpoint { get; } = "calculator"; // here
        }
        """,
        """
        class Program
        {
            IpcEndpoint Endpoint { get; } = "unix:calculator"; // here
        }
        """);

    [Fact]
    public async Task Constants_parts_and_riddles_are_left_to_people()
    {
        Assert.Empty(await VerifyFix.TitlesAsync("IPC4013", "class Program { const string Name = \"calculator\"; IpcEndpoint Endpoint { get; } = Name; }"));
        Assert.Empty(await VerifyFix.TitlesAsync("IPC4013", "class Program { IpcEndpoint Endpoint { get; } = IpcEndpoint.Pipe(\"a b\"); }"));
        Assert.Empty(await VerifyFix.TitlesAsync("IPC4013", "class Program { IpcEndpoint Endpoint { get; } = \"https://calculator\"; }"));
    }

    [Fact]
    public Task Paths_in_directories_of_everybody_become_plain_names() => VerifyFix.AllAsync(
        "IPC4026",
        "Write \"unix:calculator\"",
        """
        class Program
        {
            IpcEndpoint A { get; } = "unix:/tmp/calculator.sock";
            IpcEndpoint B { get; } = IpcEndpoint.SharedMemory("/dev/shm/other");
        }
        """,
        """
        class Program
        {
            IpcEndpoint A { get; } = "unix:calculator";
            IpcEndpoint B { get; } = IpcEndpoint.SharedMemory("other");
        }
        """);

    [Fact]
    public Task A_time_that_cannot_be_means_no_deadline() => VerifyFix.OneAsync(
        "IPC4018",
        "Set it to no deadline",
        "class Program { IpcCallOptions Options { get; } = new() { Timeout = TimeSpan.Zero }; }",
        "class Program { IpcCallOptions Options { get; } = new() { Timeout = Timeout.InfiniteTimeSpan }; }");

    [Fact]
    public Task A_ring_gets_the_nearest_size_that_is_possible() => VerifyFix.OneAsync(
        "IPC4018",
        "Set it to 1024 KiB",
        "class Program { void Run(IpcServerOptions options) => options.RingCapacity = 1_000_000; }",
        "class Program { void Run(IpcServerOptions options) => options.RingCapacity = 1024 * 1024; }");

    [Fact]
    public Task Limits_that_limit_nothing_are_left_out() => VerifyFix.AllAsync(
        "IPC4019",
        "Leave the default",
        """
        class Program
        {
            IpcLimits Limits { get; } = new() { MaximumMessageLength = int.MaxValue, MaximumConnections = 10, MaximumHandshakes = int.MaxValue };

            void Run(IpcServerOptions options)
            {
                // Patience.
                options.StallTimeout = Timeout.InfiniteTimeSpan;
                options.Name = "calculator";
            }
        }
        """,
        """
        class Program
        {
            IpcLimits Limits { get; } = new() { MaximumConnections = 10 };

            void Run(IpcServerOptions options)
            {
                options.Name = "calculator";
            }
        }
        """);

    [Fact]
    public Task Internals_are_not_shown_to_strangers() => VerifyFix.OneAsync(
        "IPC4030",
        "Leave the default",
        """
        class Program
        {
            IpcServerOptions Options { get; } = new()
            {
                SameUserOnly = false,
                IncludeExceptionDetails = true,
                Name = "calculator",
            };

            string Who(IpcConnection connection) => connection.Peer.ToString();
        }
        """,
        """
        class Program
        {
            IpcServerOptions Options { get; } = new()
            {
                SameUserOnly = false,
                Name = "calculator",
            };

            string Who(IpcConnection connection) => connection.Peer.ToString();
        }
        """);
}
