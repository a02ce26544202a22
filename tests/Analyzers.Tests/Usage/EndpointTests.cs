namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class EndpointTests
{
    [Fact, Rejects("IPC4013")]
    public Task A_text_that_is_no_endpoint_is_reported_wherever_it_is_used() => UsagePrelude.ReportsAsync("""
        class Program
        {
            private const string Name = "calculator";
            private static readonly IpcEndpoint Field = {|IPC4013:"tcp:localhost"|};

            async Task RunAsync(IpcServer server, string name)
            {
                await server.ListenAsync({|IPC4013:"calculator"|});
                await using IpcConnection connection = await IpcConnection.ConnectAsync({|IPC4013:Name|});
                _ = IpcEndpoint.Parse({|IPC4013:"unix:my calculator"|});
                _ = IpcEndpoint.Pipe({|IPC4013:@"\\.\pipe\calculator"|});
                IpcEndpoint unknown = {|IPC4013:$"unx:{name}"|};
                IpcEndpoint joined = {|IPC4013:"unix:" + "a b"|};
                _ = IpcEndpoint.Device({|IPC4013:"/dev/ttyS0?baud=fast"|});
                Use({|IPC4013:"stdio:x"|});
            }

            void Use(IpcEndpoint endpoint) { }
        }
        """);

    [Fact, Accepts("IPC4013"), Accepts("IPC4014"), Accepts("IPC4026")]
    public Task Endpoints_texts_that_are_tried_and_texts_that_are_not_known_are_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            async Task RunAsync(IpcServer server, string name, string text)
            {
                await server.ListenAsync("unix:calculator");
                await server.ListenAsync("unix:/run/app/calculator.sock");
                await server.ListenAsync("unix:/tmp/private/calculator.sock");
                await server.ListenAsync($"unix:{name}");
                await server.ListenAsync($"{name}:calculator");
                await server.ListenAsync(text);
                _ = IpcEndpoint.TryParse("nonsense", out _);
                _ = IpcEndpoint.Parse(name);
                _ = IpcEndpoint.Device("/dev/ttyS0?baud=115200&flow=hardware");
                _ = IpcEndpoint.Unix(name);
                try { _ = IpcEndpoint.Parse("nonsense"); } catch (IpcEndpointException) { }
                Expect<IpcEndpointException>(() => IpcEndpoint.Parse("nonsense"));
                string other = "not an endpoint";
                Console.WriteLine(other);
            }

            void Expect<T>(Action action) where T : Exception { }
        }
        """);

    [Fact, Rejects("IPC4014")]
    public Task A_path_that_no_socket_can_have_is_reported() => UsagePrelude.ReportsAsync($$"""
        class Program
        {
            IpcEndpoint Long { get; } = {|IPC4014:"unix:/run/{{new string('x', 103)}}"|};
            IpcEndpoint Wide { get; } = {|IPC4014:"shm:/run/{{new string('ä', 52)}}"|};
            IpcEndpoint Fits { get; } = "unix:/run/{{new string('x', 102)}}";
        }
        """);

    [Fact, Rejects("IPC4015")]
    public Task A_transport_that_the_platform_lacks_is_reported() => UsagePrelude.ReportsAsync("""
        using System.Runtime.Versioning;

        class Program
        {
            [SupportedOSPlatform("windows10.0")]
            IpcEndpoint Windows() => {|IPC4015:"shm:calculator"|};

            IpcEndpoint Asked() => OperatingSystem.IsMacOS() ? IpcEndpoint.PosixQueue({|IPC4015:"calculator"|}) : "mq:calculator";

            IpcEndpoint Else(string name)
            {
                if (!OperatingSystem.IsLinux())
                {
                    return {|IPC4015:$"sysv:{name}"|};
                }

                return "sysv:calculator";
            }
        }
        """);

    [Fact, Rejects("IPC4015")]
    public Task The_runtime_identifier_of_the_project_decides_too() => UsagePrelude.ReportsAsync(
        """
        class Program
        {
            IpcEndpoint Endpoint { get; } = {|IPC4015:"fifo:calculator"|};
            IpcEndpoint Everywhere { get; } = "unix:calculator";
        }
        """,
        new Dictionary<string, string> { ["build_property.RuntimeIdentifier"] = "win-x64" });

    [Fact, Accepts("IPC4015")]
    public Task Code_for_Linux_or_for_whatever_it_runs_on_is_accepted() => UsagePrelude.ReportsAsync(
        """
        using System.Runtime.Versioning;

        class Program
        {
            [SupportedOSPlatform("linux")] IpcEndpoint Linux() => "shm:calculator";
            [SupportedOSPlatform("linux"), SupportedOSPlatform("windows")] IpcEndpoint Both() => "shm:calculator";
            [SupportedOSPlatform("windows")] IpcEndpoint Windows() => OperatingSystem.IsLinux() ? "shm:calculator" : "pipe:calculator";
            IpcEndpoint Anywhere() => "shm:calculator";
            IpcEndpoint Else() => OperatingSystem.IsWindows() ? "pipe:calculator" : "shm:calculator";
        }
        """,
        new Dictionary<string, string> { ["build_property.RuntimeIdentifier"] = "linux-arm64" });

    [Fact, Rejects("IPC4016")]
    public Task Transports_of_one_user_do_not_take_others() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task RunAsync(PeerReader reader)
            {
                var options = new IpcServerOptions { SameUserOnly = false };
                await using var server = new IpcServer(options);
                await server.ListenAsync({|IPC4016:"mq:calculator"|});
                await using IpcConnection connection = await IpcConnection.ConnectAsync({|IPC4016:"shm:calculator"|}, new IpcConnectionOptions { SameUserOnly = false });
            }
        }

        class PeerReader { uint? Of(IpcConnection connection) => connection.Peer.UserId; }
        """);

    [Fact, Accepts("IPC4016"), Accepts("IPC4017")]
    public Task Other_users_over_sockets_are_accepted_where_somebody_looks_at_them() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            async Task RunAsync(bool everybody)
            {
                await using var server = new IpcServer(new IpcServerOptions { SameUserOnly = false });
                server.AddService<ICalculator>(connection => connection.Peer.UserId == 0 ? new Calculator() : throw new IpcPermissionException("root only"));
                await server.ListenAsync("unix:/run/app/calculator.sock");
                await using var own = new IpcServer(new IpcServerOptions { SameUserOnly = true });
                await own.ListenAsync("mq:calculator");
                await using var chosen = new IpcServer(new IpcServerOptions { SameUserOnly = !everybody });
                await chosen.ListenAsync("shm:calculator");
            }
        }
        """);

    [Fact, Rejects("IPC4020")]
    public Task Contracts_at_signal_endpoints_are_signals() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task RunAsync()
            {
                await using var server = new IpcServer();
                server.{|IPC4020:AddService<ICalculator>|}(new Calculator());
                server.AddService<IDaemon>(new Daemon());
                await server.ListenAsync("signal:daemon");
                await using IpcConnection connection = await IpcConnection.ConnectAsync(IpcEndpoint.Signal("daemon"));
                connection.GetProxy<IDaemon>().Reload();
                _ = connection.{|IPC4020:GetProxy<IClock>|}();
            }
        }
        """);

    [Fact, Accepts("IPC4020")]
    public Task Any_contract_at_other_endpoints_is_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            async Task RunAsync(IpcEndpoint unknown)
            {
                await using var server = new IpcServer();
                server.AddService<ICalculator>(new Calculator()).AddService<IDaemon>(new Daemon());
                await server.ListenAsync("unix:daemon");
                await server.ListenAsync(unknown);
            }
        }
        """);

    [Fact, Rejects("IPC4026")]
    public Task A_socket_in_a_directory_of_everybody_is_named() => UsagePrelude.ReportsAsync("""
        class Program
        {
            IpcEndpoint A { get; } = {|IPC4026:"unix:/tmp/calculator.sock"|};
            IpcEndpoint B { get; } = IpcEndpoint.Unix({|IPC4026:"/dev/shm/calculator"|});
        }
        """);

    [Fact, Rejects("IPC4027")]
    public Task Standard_input_is_left_to_the_connection() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task ServeAsync()
            {
                await using var server = new IpcServer();
                Console.WriteLine(Console.{|IPC4027:ReadLine|}());
                _ = await Console.In.{|IPC4027:ReadToEndAsync|}();
                await server.RunAsync(IpcEndpoint.StandardIO);
            }

            async Task ConnectAsync()
            {
                await using IpcConnection connection = await IpcConnection.ConnectAsync({|IPC4027:"stdio:"|});
            }
        }
        """);

    [Fact, Accepts("IPC4027")]
    public Task Programs_that_serve_elsewhere_may_read_the_console() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            async Task ServeAsync()
            {
                await using var server = new IpcServer();
                await server.ListenAsync("unix:calculator");
                _ = await Console.In.ReadToEndAsync();
            }

            async Task PluginAsync()
            {
                await using var server = new IpcServer();
                Console.WriteLine("starting");
                await server.RunAsync("stdio:");
            }
        }
        """);
}
