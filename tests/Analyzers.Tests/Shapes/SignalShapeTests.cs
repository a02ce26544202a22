namespace Contracts.Ipc.Analyzers.Tests.Shapes;

/// <summary>IPC1026 to IPC1028: contracts that may travel as signals.</summary>
public sealed class SignalShapeTests
{
    [Fact, Accepts("IPC1026"), Accepts("IPC1027")]
    public Task One_way_methods_without_parameters_are_accepted() => Verify.AcceptsAsync(Contract("""
        [OneWay] void Ring();
        [OneWay] Task StopAsync();
        [OneWay] ValueTask SnoozeAsync(CancellationToken cancellationToken = default);
        """));

    [Fact, Rejects("IPC1026")]
    public async Task Methods_that_answer_are_rejected() => await Verify.ReportsAsync(Contract("""
        void {|IPC1026:Ring|}();
        Task<int> {|IPC1026:CountAsync|}();
        [OneWay] void Stop();
        """));

    [Fact, Rejects("IPC1027")]
    public async Task Each_parameter_is_rejected_but_the_token() => await Verify.ReportsAsync(Contract("""
        [OneWay] void Ring(int {|IPC1027:times|}, string {|IPC1027:reason|}, CancellationToken cancellationToken);
        """));

    [Fact, Rejects("IPC1026"), Rejects("IPC1027")]
    public async Task Inherited_methods_are_methods_of_the_contract() => await Verify.ReportsAsync("""
        public interface IBell { void {|IPC1026:Ring|}(int {|IPC1027:times|}); }

        [IpcService(Signals = true)]
        public partial interface IAlarm : IBell { [OneWay] void Stop(); }
        """);

    [Fact, Rejects("IPC1026")]
    public async Task The_mark_of_a_foreign_contract_counts_as_well() => await Verify.ReportsAsync("""
        public interface IForeign { void {|IPC1026:Ring|}(); }

        [IpcContractFor(typeof(IForeign), Signals = true)]
        public static partial class ForeignContract;
        """);

    [Fact, Accepts("IPC1026"), Accepts("IPC1027"), Accepts("IPC1028")]
    public Task Contracts_without_the_mark_may_do_what_they_like() => Verify.AcceptsAsync($$"""
        [IpcService]
        public partial interface IFree { int Count(string what); {{Methods(40)}} }

        [IpcService(Signals = false)]
        public partial interface IFreeToo { int Count(string what); }
        """);

    [Fact, Rejects("IPC1028")]
    public async Task More_methods_than_there_are_signals_are_rejected() => await Verify.ReportsAsync($$"""
        [IpcService(Signals = true)]
        public partial interface {|IPC1028:IPanel|} { {{Methods(30)}} }
        """);

    [Fact, Accepts("IPC1028")]
    public Task As_many_methods_as_there_are_signals_are_accepted() => Verify.AcceptsAsync(Contract(Methods(29)));

    [Fact]
    public Task A_suppression_in_the_source_is_honoured() => Verify.AcceptsAsync(Contract("""
        #pragma warning disable IPC1026, IPC1027
        int Count(string what);
        """));

    [Fact]
    public Task Every_method_is_marked_one_way() => VerifyFix.AllAsync(
        "IPC1026",
        "Mark [OneWay]",
        """
        [IpcService(Signals = true)]
        public partial interface IAlarm
        {
            /// <summary>Rings.</summary>
            void Ring();

            [IpcMethod(Name = "stop")]
            Task StopAsync();
        }
        """,
        """
        [IpcService(Signals = true)]
        public partial interface IAlarm
        {
            /// <summary>Rings.</summary>
            [OneWay]
            void Ring();

            [OneWay]
            [IpcMethod(Name = "stop")]
            Task StopAsync();
        }
        """);

    private static string Methods(int count) => string.Join(' ', Enumerable.Range(0, count).Select(static i => $"[OneWay] void Do{i}();"));

    private static string Contract(string members) => $$"""
        [IpcService(Signals = true)]
        public partial interface IAlarm
        {
            {{members}}
        }
        """;
}
