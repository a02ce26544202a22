namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class CallTests
{
    [Fact, Rejects("IPC4006")]
    public Task A_call_is_awaited_where_the_compiler_is_silent() => UsagePrelude.ReportsAsync("""
        class Program
        {
            void Run(ICalculator calculator, ICalculator? perhaps, List<int> numbers, IpcServer server)
            {
                calculator.{|IPC4006:AddAsync|}(1, 2);
                perhaps?.{|IPC4006:ResetAsync|}();
                numbers.ForEach(number => calculator.{|IPC4006:AddAsync|}(number, 1));
                server.{|IPC4006:RunAsync|}("unix:calculator");
            }

            void Arrow(ICalculator calculator) => calculator.{|IPC4006:ResetAsync|}();

            async Task InsideAsync(ICalculator calculator, List<int> numbers)
            {
                await Task.Yield();
                numbers.ForEach(number => calculator.{|IPC4006:AddAsync|}(number, 1));
            }
        }
        """);

    [Fact, Accepts("IPC4006")]
    public Task Calls_that_are_awaited_returned_or_discarded_on_purpose_are_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            Task Return(ICalculator calculator) => calculator.ResetAsync();
            void Discard(ICalculator calculator) => _ = calculator.ResetAsync();
            void OneWay(ICalculator calculator, List<string> lines) => lines.ForEach(line => calculator.Note(line));
            void Other(Calculator calculator, List<int> numbers) { calculator.ResetAsync(); numbers.ForEach(number => Task.Delay(number)); }
            async Task AwaitAsync(ICalculator calculator) => await Task.WhenAll(Enumerable.Range(0, 3).Select(i => calculator.AddAsync(i, i).AsTask()));
        }
        """);

    [Fact, Rejects("IPC4007")]
    public Task The_ValueTask_of_a_call_is_awaited_once() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task RunAsync(ICalculator calculator)
            {
                ValueTask<int> twice = calculator.AddAsync(1, 2);
                Console.WriteLine(await twice + await {|IPC4007:twice|});

                var later = calculator.AddAsync(1, 2);
                await later;
                if (Environment.ProcessId > 5)
                {
                    await {|IPC4007:later|}.ConfigureAwait(false);
                }

                var looped = calculator.AddAsync(1, 2);
                for (int i = 0; i < 3; i++)
                {
                    await {|IPC4007:looped|};
                }

                var both = calculator.AddAsync(1, 2);
                await Task.WhenAll(both.AsTask(), {|IPC4007:both|}.AsTask());
            }
        }
        """);

    [Fact, Accepts("IPC4007")]
    public Task ValueTasks_that_are_awaited_once_on_each_way_are_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            async Task<int> RunAsync(ICalculator calculator, bool fast)
            {
                ValueTask<int> once = calculator.AddAsync(1, 2);
                if (fast)
                {
                    return await once;
                }

                int sum = await once;
                ValueTask<int> again = calculator.AddAsync(1, 2);
                sum += await again;
                again = calculator.AddAsync(3, 4);
                sum += await again;
                ValueTask<int> conditional = calculator.AddAsync(1, 2);
                sum += fast ? await conditional : 1 + await conditional;
                Task<int> task = calculator.AddAsync(1, 2).AsTask();
                sum += await task + await task;
                ValueTask<int> chosen = calculator.AddAsync(1, 2);
                return chosen.IsCompleted ? sum + chosen.Result : sum + await chosen;
            }
        }
        """);

    [Fact, Rejects("IPC4008")]
    public Task Async_code_does_not_block_on_calls() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task RunAsync(ICalculator calculator)
            {
                await Task.Yield();
                _ = calculator.AddAsync(1, 2).AsTask().{|IPC4008:Result|};
                _ = calculator.AddAsync(1, 2).{|IPC4008:Result|};
                calculator.ResetAsync().{|IPC4008:Wait|}();
                calculator.ResetAsync().ConfigureAwait(false).GetAwaiter().{|IPC4008:GetResult|}();
                _ = IpcConnection.ConnectAsync("unix:calculator").AsTask().{|IPC4008:Result|};
                Func<Task> inner = async () => { await Task.Yield(); calculator.ResetAsync().{|IPC4008:Wait|}(); };
            }
        }
        """);

    [Fact, Accepts("IPC4008")]
    public Task Async_code_that_awaits_and_synchronous_code_that_blocks_are_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            async Task<int> RunAsync(ICalculator calculator)
            {
                Task<int> sum = calculator.AddAsync(1, 2).AsTask();
                await Task.WhenAll(sum, calculator.ResetAsync());
                return sum.Result + File.ReadAllTextAsync("x").Result.Length;
            }

            static void Main(ICalculator calculator) => calculator.ResetAsync().Wait();
            async Task ThreadAsync(ICalculator calculator) => await Task.Run(() => calculator.ResetAsync().Wait());
        }
        """);

    [Fact, Rejects("IPC4009")]
    public Task A_ValueTask_is_not_asked_for_its_result_too_early() => UsagePrelude.ReportsAsync("""
        class Program
        {
            int Run(ICalculator calculator)
            {
                IpcConnection.ConnectAsync("unix:calculator").GetAwaiter().{|IPC4009:GetResult|}().DisposeAsync().GetAwaiter().GetResult();
                return calculator.AddAsync(1, 2).{|IPC4009:Result|} + calculator.AddAsync(1, 2).ConfigureAwait(false).GetAwaiter().{|IPC4009:GetResult|}();
            }
        }
        """);

    [Fact, Accepts("IPC4009")]
    public Task Waiting_on_a_Task_is_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            int Run(ICalculator calculator)
            {
                ValueTask<int> maybe = calculator.AddAsync(1, 2);
                return calculator.AddAsync(1, 2).AsTask().GetAwaiter().GetResult() + calculator.AddAsync(1, 2).AsTask().Result + (maybe.IsCompleted ? maybe.Result : 0);
            }
        }
        """);

    [Fact, Rejects("IPC4010")]
    public Task Async_code_prefers_the_asynchronous_method() => UsagePrelude.ReportsAsync("""
        class Program
        {
            async Task<int> RunAsync(ICalculator calculator)
            {
                await Task.Yield();
                return calculator.{|IPC4010:Add|}(1, 2);
            }
        }
        """);

    [Fact, Accepts("IPC4010")]
    public Task Synchronous_calls_elsewhere_or_without_a_twin_are_accepted() => UsagePrelude.AcceptsAsync("""
        [IpcService] public partial interface IOther { int Count(); int Sum(int a); Task<int> SumAsync(string a); Task<int> CountAsync(int limit); }

        class Program
        {
            int Run(ICalculator calculator) => calculator.Add(1, 2);

            async Task<int> RunAsync(ICalculator calculator, IOther other, Calculator local)
            {
                await Task.Yield();
                calculator.Note("one-way");
                return other.Count() + other.Sum(1) + local.Add(1, 2) + await Task.Run(() => calculator.Add(1, 2));
            }
        }
        """);

    [Fact, Rejects("IPC4011")]
    public Task What_the_runtime_calls_is_not_async_void() => UsagePrelude.ReportsAsync("""
        class Notes : Calculator, ICalculator
        {
            async void ICalculator.{|IPC4011:Note|}(string text) => await Task.Delay(1);
        }

        class Program
        {
            void Run(IpcServer server)
            {
                server.Connected += {|IPC4011:async|} (_, connection) => await connection.PingAsync();
                _ = new IpcProcessOptions { OutputReceived = {|IPC4011:async|} line => await File.AppendAllTextAsync("log", line) };
            }
        }
        """);

    [Fact, Accepts("IPC4011")]
    public Task Other_async_void_is_none_of_our_business() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            event EventHandler? Changed;
            async void OnChanged(object? sender, EventArgs e) => await Task.Delay(1);

            void Run(IpcServer server)
            {
                Changed += async (_, _) => await Task.Delay(1);
                server.Connected += (_, connection) => Task.Run(async () => await connection.PingAsync());
                _ = new IpcProcessOptions { OutputReceived = line => Console.WriteLine(line) };
            }
        }
        """);

    [Fact, Rejects("IPC4012")]
    public Task A_service_does_not_block_where_it_could_await() => UsagePrelude.ReportsAsync("""
        class Store(ICalculator other) : IClock
        {
            public ValueTask<long> TicksAsync() => new(File.ReadAllTextAsync("ticks").{|IPC4012:Result|}.Length + other.AddAsync(1, 2).AsTask().{|IPC4012:Result|});
        }
        """);

    [Fact, Accepts("IPC4012")]
    public Task Services_that_must_block_or_do_not_are_accepted() => UsagePrelude.AcceptsAsync("""
        [IpcService] public partial interface ILength { int Length(string path); Task<int> LengthAsync(string path); }

        class Lengths : ILength
        {
            public int Length(string path) => File.ReadAllTextAsync(path).GetAwaiter().GetResult().Length;

            public Task<int> LengthAsync(string path)
            {
                Task<string> read = File.ReadAllTextAsync(path);
                return read.IsCompleted ? Task.FromResult(read.Result.Length) : Task.Run(() => File.ReadAllTextAsync(path).Result.Length + Task.FromResult(1).Result);
            }
        }
        """);

    [Fact, Rejects("IPC4028")]
    public Task A_call_under_a_lock_is_named() => UsagePrelude.ReportsAsync("""
        class Program
        {
            private readonly object _gate = new();
            int Run(ICalculator calculator)
            {
                lock (_gate)
                {
                    return calculator.{|IPC4028:Add|}(1, 2);
                }
            }
        }
        """);

    [Fact, Accepts("IPC4028")]
    public Task Calls_that_wait_for_nobody_or_run_later_are_accepted_under_a_lock() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            private readonly object _gate = new();
            private Func<int>? _later;
            int Run(ICalculator calculator)
            {
                lock (_gate)
                {
                    calculator.Note("one-way");
                    _later = () => calculator.Add(1, 2);
                    _ = calculator.AddAsync(1, 2);
                }

                return calculator.Add(1, 2);
            }
        }
        """);
}
