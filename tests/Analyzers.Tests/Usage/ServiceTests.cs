namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class ServiceTests
{
    [Fact, Rejects("IPC4021")]
    public Task A_service_is_added_before_the_server_listens() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task RunAsync(bool clock)
            {
                await using var server = new IpcServer();
                server.AddService<ICalculator>(new Calculator());
                IpcListener listener = await server.ListenAsync("unix:calculator");
                if (clock)
                {
                    server.{|IPC4021:AddService<IDaemon>|}(new Daemon());
                }
            }
        }
        """);

    [Fact, Accepts("IPC4021")]
    public Task Services_for_endpoints_that_are_opened_later_are_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            async Task RunAsync(bool early, IpcServer other)
            {
                await using var server = new IpcServer();
                server.AddService<ICalculator>(new Calculator());
                await server.ListenAsync("unix:calculator");
                server.AddService<IDaemon>(new Daemon());
                await server.ListenAsync("unix:daemon");
                other.AddService<IDaemon>(new Daemon());
                await using var third = new IpcServer();
                if (early)
                {
                    await third.ListenAsync("unix:third");
                }
                else
                {
                    third.AddService<IDaemon>(new Daemon());
                }
            }
        }
        """);

    [Fact, Rejects("IPC4022")]
    public Task A_service_is_offered_once() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task RunAsync()
            {
                await using var server = new IpcServer();
                server.AddService<ICalculator>(new Calculator());
                server.AddService<ICalculator>("second", new Calculator()).{|IPC4022:AddService<ICalculator>|}("second", new Calculator());
                server.{|IPC4022:AddService<ICalculator>|}(_ => new Calculator());
                await server.RunAsync("unix:calculator");
            }
        }
        """);

    [Fact, Accepts("IPC4022")]
    public Task Instances_with_names_and_servers_of_their_own_are_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            async Task RunAsync(string name, bool fast)
            {
                await using var server = new IpcServer();
                server.AddService<ICalculator>(new Calculator()).AddService<ICalculator>("second", new Calculator()).AddService<IDaemon>(new Daemon());
                server.AddService<ICalculator>(name, new Calculator());
                await server.ListenAsync("unix:calculator");
                await using var other = new IpcServer();
                if (fast)
                {
                    other.AddService<ICalculator>(new Calculator());
                }
                else
                {
                    other.AddService<ICalculator>(_ => new Calculator());
                }

                await other.ListenAsync("unix:other");
            }
        }
        """);

    [Fact, Rejects("IPC4023")]
    public Task A_fault_that_a_service_throws_is_declared() => UsagePrelude.ReportsAsync("""
        class Strict : Calculator, ICalculator
        {
            ValueTask<int> ICalculator.DivideAsync(int a, int b)
                => b == 0 ? throw new IpcFaultException<DivisionByZero>(new DivisionByZero(a)) : throw {|IPC4023:new IpcFaultException<Overflow>(new Overflow(a))|};
        }

        class Clock : IClock
        {
            public async ValueTask<long> TicksAsync()
            {
                await Task.Yield();
                throw {|IPC4023:new IpcFaultException<Overflow>(new(1), "late")|};
            }
        }
        """);

    [Fact, Accepts("IPC4023")]
    public Task Declared_faults_and_faults_of_helpers_are_accepted() => UsagePrelude.AcceptsAsync("""
        [IpcService, IpcFault(typeof(Overflow))]
        public partial interface ISum { ValueTask<int> SumAsync(int a); }

        class Sum : ISum
        {
            public ValueTask<int> SumAsync(int a)
            {
                try
                {
                    throw new IpcFaultException<DivisionByZero>(new DivisionByZero(a));
                }
                catch (IpcFaultException)
                {
                    throw new IpcFaultException<Overflow>(new Overflow(a));
                }
            }

            private static void Helper() => throw new IpcFaultException<string>("who knows from where");
        }
        """);

    [Fact, Rejects("IPC4024")]
    public Task A_fault_that_no_call_declares_is_not_caught() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task<int> RunAsync(ICalculator calculator)
            {
                try
                {
                    return Math.Abs(await calculator.DivideAsync(1, 0).ConfigureAwait(false));
                }
                catch ({|IPC4024:IpcFaultException<Overflow>|} fault) when (fault.Detail.Value > 0)
                {
                    return 0;
                }
            }
        }
        """);

    [Fact, Accepts("IPC4024")]
    public Task Faults_that_may_come_are_caught() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            async Task<int> RunAsync(ICalculator calculator, Func<Task> action)
            {
                try { return await calculator.DivideAsync(1, 0); } catch (IpcFaultException<DivisionByZero>) { }
                try { await HelpAsync(calculator); } catch (IpcFaultException<Overflow>) { }
                try { await calculator.ResetAsync(); await action(); } catch (IpcFaultException<Overflow>) { }
                try { await Task.Run(() => HelpAsync(calculator)); await calculator.ResetAsync(); } catch (IpcFaultException<Overflow>) { }
                try { return await calculator.AddAsync(1, 2); } catch (IpcFaultException) { return 0; }
            }

            Task HelpAsync(ICalculator calculator) => Task.CompletedTask;
        }
        """);
}
