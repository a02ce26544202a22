namespace Contracts.Ipc.Analyzers.Tests.Usage;

/// <summary>The contracts and services that the tests of usage rules use.</summary>
internal static class UsagePrelude
{
    internal const string Contracts = """

        [IpcService]
        public partial interface ICalculator
        {
            int Add(int a, int b);
            ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken = default);
            Task ResetAsync();
            [OneWay] void Note(string text);
            [IpcFault(typeof(DivisionByZero))] ValueTask<int> DivideAsync(int a, int b);
        }

        [IpcService]
        public partial interface IClock { ValueTask<long> TicksAsync(); }

        [IpcService(Signals = true)]
        public partial interface IDaemon { [OneWay] void Reload(); }

        public record DivisionByZero(int Dividend);

        public record Overflow(int Value);

        public class Calculator : ICalculator
        {
            public int Add(int a, int b) => a + b;
            public ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken) => new(a + b);
            public Task ResetAsync() => Task.CompletedTask;
            public void Note(string text) { }
            public ValueTask<int> DivideAsync(int a, int b) => new(a / b);
        }

        public class Daemon : IDaemon { public void Reload() { } }
        """;

    /// <summary>The generated half by hand, for workspaces, in which no generator runs.</summary>
    internal const string WithGeneratedHalf = Contracts + """

        public partial interface ICalculator : IIpcContract<ICalculator> { static IpcContract<ICalculator> IIpcContract<ICalculator>.Contract => null!; }
        public partial interface IClock : IIpcContract<IClock> { static IpcContract<IClock> IIpcContract<IClock>.Contract => null!; }
        """;

    internal static Task ReportsAsync(string marked, IReadOnlyDictionary<string, string>? properties = null) => Verify.ReportsGeneratedAsync(marked + Contracts, properties);

    internal static Task AcceptsAsync(string source) => ReportsAsync(source);
}
