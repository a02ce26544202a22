namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class LifetimeTests
{
    [Fact, Rejects("IPC4004")]
    public Task What_a_method_makes_and_keeps_to_itself_is_disposed() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task RunAsync(System.Diagnostics.ProcessStartInfo program)
            {
                IpcConnection {|IPC4004:connection|} = await IpcConnection.ConnectAsync("unix:calculator").ConfigureAwait(false);
                _ = await connection.GetProxy<ICalculator>().AddAsync(1, 2);
                var {|IPC4004:server|} = new IpcServer().AddService<ICalculator>(new Calculator());
                server.AddService<IDaemon>(new Daemon());
                await server.ListenAsync("unix:calculator");
                IpcServer {|IPC4004:second|} = new();
                second.Connected += (_, _) => { };
                var {|IPC4004:plugin|} = await IpcProcess.StartAsync(program);
                Console.WriteLine(plugin.Id);
                _ = await (await IpcConnection.{|IPC4004:ConnectAsync|}("unix:calculator")).PingAsync();
                await IpcConnection.{|IPC4004:ConnectAsync|}("unix:calculator");
            }
        }
        """);

    [Fact, Accepts("IPC4004")]
    public Task What_is_disposed_ended_or_given_away_is_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            private IpcConnection? _kept;

            async Task<IpcConnection> RunAsync(System.Diagnostics.ProcessStartInfo program, List<IpcConnection> all, CancellationToken stop)
            {
                await using IpcConnection disposed = await IpcConnection.ConnectAsync("unix:calculator");
                await using (var inner = new IpcServer()) { await inner.ListenAsync("unix:calculator"); }
                var server = new IpcServer();
                await server.RunAsync("unix:calculator", stop);
                await new IpcServer().AddService<ICalculator>(new Calculator()).RunAsync("unix:calculator", stop);
                IpcConnection closed = await IpcConnection.ConnectAsync("unix:calculator");
                await closed.CloseAsync();
                _kept = await IpcConnection.ConnectAsync("unix:calculator");
                all.Add(await IpcConnection.ConnectAsync("unix:calculator"));
                IpcConnection late = await IpcConnection.ConnectAsync("unix:calculator");
                stop.Register(() => late.DisposeAsync().AsTask().Wait());
                IpcConnection conditional = await IpcConnection.ConnectAsync("unix:calculator");
                if (stop.IsCancellationRequested) { await conditional.DisposeAsync(); }
                IpcProcess plugin = await IpcProcess.StartAsync(program);
                try { await plugin.Connection.PingAsync(); } finally { await plugin.DisposeAsync(); }
                var listening = new IpcServer();
                IpcListener listener = await listening.ListenAsync("unix:other");
                Console.WriteLine(listener.Endpoint);
                await using IpcServer owner = listening;
                return await IpcConnection.ConnectAsync("unix:calculator");
            }

            async Task<IpcServer> ChainAsync() { var server = new IpcServer(); return server.AddService<ICalculator>(new Calculator()); }
        }
        """);

    [Fact, Rejects("IPC4005")]
    public Task Proxies_do_not_outlive_their_connection() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task<ICalculator> ReturnAsync()
            {
                await using IpcConnection connection = await IpcConnection.ConnectAsync("unix:calculator");
                return connection.{|IPC4005:GetProxy<ICalculator>|}();
            }

            async Task<ICalculator> ReturnLocalAsync(System.Diagnostics.ProcessStartInfo program)
            {
                await using (IpcProcess process = await IpcProcess.StartAsync(program))
                {
                    ICalculator calculator = process.Connection.GetProxy<ICalculator>();
                    await calculator.ResetAsync();
                    return {|IPC4005:calculator|};
                }
            }

            async Task<int> CallAsync()
            {
                IpcConnection connection = await IpcConnection.ConnectAsync("unix:calculator");
                ICalculator calculator = connection.GetProxy<ICalculator>();
                await calculator.ResetAsync();
                await connection.DisposeAsync();
                return await {|IPC4005:calculator|}.AddAsync(1, 2);
            }
        }
        """);

    [Fact, Accepts("IPC4005")]
    public Task Proxies_of_connections_that_live_on_are_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            ICalculator Of(IpcConnection connection) => connection.GetProxy<ICalculator>();

            async Task<int> UseAsync()
            {
                await using IpcConnection connection = await IpcConnection.ConnectAsync("unix:calculator");
                ICalculator calculator = connection.GetProxy<ICalculator>();
                Func<ICalculator> again = () => connection.GetProxy<ICalculator>();
                return await calculator.AddAsync(1, 2) + await again().AddAsync(1, 2);
            }

            async Task ExpectAsync(bool early)
            {
                IpcConnection connection = await IpcConnection.ConnectAsync("unix:calculator");
                ICalculator calculator = connection.GetProxy<ICalculator>();
                if (early)
                {
                    await connection.DisposeAsync();
                    return;
                }

                await calculator.ResetAsync();
                await connection.DisposeAsync();
                try { await calculator.ResetAsync(); } catch (IpcConnectionException) { }
            }
        }
        """);

    [Fact, Rejects("IPC4025")]
    public Task A_factory_does_not_hand_out_one_disposable_object() => UsagePrelude.ReportsAsync("""
        sealed class Big : Calculator, IDisposable { public void Dispose() { } }

        class Program
        {
            private readonly Big _field = new();

            void Offer(IpcServer server, Big parameter)
            {
                var local = new Big();
                server.AddService<ICalculator>(_ => {|IPC4025:parameter|});
                server.AddService<ICalculator>("local", connection => {|IPC4025:local|});
                server.AddService<ICalculator>("field", connection => { return {|IPC4025:_field|}; });
            }
        }
        """);

    [Fact, Accepts("IPC4025")]
    public Task Factories_that_make_objects_or_share_what_need_not_be_disposed_are_accepted() => UsagePrelude.AcceptsAsync("""
        sealed class Big : Calculator, IDisposable { public void Dispose() { } }

        class Program
        {
            void Offer(IpcServer server, Big big, Calculator plain)
            {
                server.AddService<ICalculator>(_ => new Big());
                server.AddService<ICalculator>("plain", _ => plain);
                server.AddService<ICalculator>("object", big);
                server.AddService<ICalculator>("own", connection => { var own = new Big(); return own; });
            }
        }
        """);
}
