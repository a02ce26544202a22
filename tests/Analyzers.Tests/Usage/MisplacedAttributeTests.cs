namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class MisplacedAttributeTests
{
    [Fact, Rejects("IPC4003")]
    public Task An_attribute_of_the_contract_on_the_class_behind_it_is_reported() => Verify.ReportsAsync("""
        [IpcService] public partial interface ILog { Task WriteAsync(string line); }

        public class Log : ILog
        {
            [{|IPC4003:OneWay|}]
            public Task WriteAsync(string line) => Task.CompletedTask;

            [{|IPC4003:IpcMethod(TimeoutMilliseconds = 5)|}, {|IPC4003:IpcFault(typeof(string))|}]
            public void Other() { }
        }
        """);

    [Fact, Accepts("IPC4003")]
    public Task Attributes_on_a_contract_and_on_interfaces_that_it_may_inherit_are_accepted() => Verify.AcceptsAsync("""
        public interface IBase { [OneWay] void Note(string text); }

        [IpcService]
        public partial interface ILog : IBase
        {
            [OneWay] Task WriteAsync(string line);
            [IpcMethod(Idempotent = true)] Task FlushAsync();
        }
        """);
}
