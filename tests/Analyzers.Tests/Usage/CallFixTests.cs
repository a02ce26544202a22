namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class CallFixTests
{
    [Fact]
    public Task Dropped_calls_are_discarded_on_purpose() => VerifyFix.AllAsync(
        "IPC4006",
        "Write '_ =': nobody waits for it",
        """
        class Program
        {
            void Run(ICalculator calculator, ICalculator? perhaps, List<int> numbers)
            {
                // Nobody waits.
                calculator.AddAsync(1, 2);
                perhaps?.ResetAsync();
                numbers.ForEach(number => calculator.AddAsync(number, 1));
            }

            void Arrow(ICalculator calculator) => calculator.ResetAsync();
        }
        """,
        """
        class Program
        {
            void Run(ICalculator calculator, ICalculator? perhaps, List<int> numbers)
            {
                // Nobody waits.
                _ = calculator.AddAsync(1, 2);
                _ = perhaps?.ResetAsync();
                numbers.ForEach(number => _ = calculator.AddAsync(number, 1));
            }

            void Arrow(ICalculator calculator) => _ = calculator.ResetAsync();
        }
        """,
        UsagePrelude.Contracts);

    [Fact]
    public Task What_is_awaited_twice_becomes_a_Task() => VerifyFix.AllAsync(
        "IPC4007",
        "Keep a Task: AsTask()",
        """
        class Program
        {
            async Task RunAsync(ICalculator calculator)
            {
                ValueTask<int> typed = calculator.AddAsync(1, 2); // once
                await typed;
                await typed;
                var untyped = calculator.AddAsync(1, 2);
                await untyped.ConfigureAwait(false);
                await untyped.ConfigureAwait(false);
            }
        }
        """,
        """
        class Program
        {
            async Task RunAsync(ICalculator calculator)
            {
                Task<int> typed = calculator.AddAsync(1, 2).AsTask(); // once
                await typed;
                await typed;
                var untyped = calculator.AddAsync(1, 2).AsTask();
                await untyped.ConfigureAwait(false);
                await untyped.ConfigureAwait(false);
            }
        }
        """,
        UsagePrelude.Contracts);

    [Fact]
    public Task Blocking_calls_in_async_code_are_awaited() => VerifyFix.AllAsync(
        "IPC4008",
        "Await the call",
        """
        class Program
        {
            async Task<string> RunAsync(ICalculator calculator)
            {
                // Wait.
                calculator.ResetAsync().Wait();
                calculator.ResetAsync().ConfigureAwait(false).GetAwaiter().GetResult();
                int sum = calculator.AddAsync(1, 2).AsTask().Result;
                await Task.Yield();
                return calculator.AddAsync(sum, 2).GetAwaiter().GetResult().ToString();
            }
        }
        """,
        """
        class Program
        {
            async Task<string> RunAsync(ICalculator calculator)
            {
                // Wait.
                await calculator.ResetAsync();
                await calculator.ResetAsync().ConfigureAwait(false);
                int sum = await calculator.AddAsync(1, 2);
                await Task.Yield();
                return (await calculator.AddAsync(sum, 2)).ToString();
            }
        }
        """,
        UsagePrelude.Contracts);

    [Fact]
    public Task Results_of_ValueTasks_are_waited_for_by_a_Task() => VerifyFix.AllAsync(
        "IPC4009",
        "Wait on a Task: AsTask()",
        """
        class Program
        {
            int Run(ICalculator calculator) => calculator.AddAsync(1, 2).Result + calculator.AddAsync(1, 2).ConfigureAwait(false).GetAwaiter().GetResult();
        }
        """,
        """
        class Program
        {
            int Run(ICalculator calculator) => calculator.AddAsync(1, 2).AsTask().GetAwaiter().GetResult() + calculator.AddAsync(1, 2).AsTask().GetAwaiter().GetResult();
        }
        """,
        UsagePrelude.Contracts);

    [Fact]
    public Task Synchronous_calls_become_asynchronous_ones() => VerifyFix.AllAsync(
        "IPC4010",
        "Await AddAsync",
        """
        class Program
        {
            async Task<string> RunAsync(ICalculator calculator)
            {
                await Task.Yield();
                int sum = calculator.Add(1, 2);
                return calculator.Add(sum, 2).ToString();
            }
        }
        """,
        """
        class Program
        {
            async Task<string> RunAsync(ICalculator calculator)
            {
                await Task.Yield();
                int sum = await calculator.AddAsync(1, 2);
                return (await calculator.AddAsync(sum, 2)).ToString();
            }
        }
        """,
        UsagePrelude.Contracts);

    [Fact]
    public async Task A_service_awaits_where_it_is_async_already()
    {
        await VerifyFix.OneAsync(
            "IPC4012",
            "Await the call",
            """
            class Clock : IClock
            {
                public async ValueTask<long> TicksAsync()
                {
                    await Task.Yield();
                    return File.ReadAllTextAsync("ticks").Result.Length;
                }
            }
            """,
            """
            class Clock : IClock
            {
                public async ValueTask<long> TicksAsync()
                {
                    await Task.Yield();
                    return (await File.ReadAllTextAsync("ticks")).Length;
                }
            }
            """,
            UsagePrelude.Contracts);
        Assert.Empty(await VerifyFix.TitlesAsync(
            "IPC4012",
            "class Clock : IClock { public ValueTask<long> TicksAsync() => new(File.ReadAllTextAsync(\"ticks\").Result.Length); }",
            UsagePrelude.Contracts));
    }
}
