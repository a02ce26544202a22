namespace Contracts.Ipc.Analyzers.Tests.Shapes;

/// <summary>IPC1029 to IPC1038: what is allowed in a contract and still goes wrong.</summary>
public sealed class MethodTests
{
    [Fact, Rejects("IPC1029")]
    public Task A_reserved_name_cannot_be_used_again() => Verify.ReportsAsync("""
        [IpcService, IpcReserved("Remove"), IpcReserved("clear")]
        public partial interface IParcels
        {
            void {|IPC1029:Remove|}();
            [IpcMethod(Name = "clear")] void {|IPC1029:Empty|}();
        }
        """);

    [Fact, Rejects("IPC1029")]
    public Task What_an_inherited_interface_reserves_is_reserved() => Verify.ReportsAsync("""
        [IpcReserved("Remove")] public interface IBase { void Add(); }
        [IpcService] public partial interface IParcels : IBase { void {|IPC1029:Remove|}(); }
        """);

    [Fact, Accepts("IPC1029")]
    public Task A_reserved_name_that_does_not_travel_is_accepted() => Verify.AcceptsAsync("""
        [IpcService, IpcReserved("Remove")]
        public partial interface IParcels
        {
            [IpcMethod(Name = "remove2")] void Remove();
            static void RemoveAll(IParcels parcels) => parcels.Remove();
        }
        """);

    [Theory, Rejects("IPC1030")]
    [InlineData("[OneWay]", "")]
    [InlineData("[IpcMethod(TimeoutMilliseconds = 5)]", "[IpcMethod(TimeoutMilliseconds = 6)]")]
    [InlineData("[IpcMethod(Idempotent = true)]", "")]
    public Task A_method_that_is_inherited_with_other_options_is_reported(string own, string inherited) => Verify.ReportsAsync($$"""
        [IpcService] public partial interface IBase { {{inherited}} void Write(string text); }
        [IpcService] public partial interface IDerived : IBase { {{own}} new void {|IPC1030:Write|}(string text); }
        """);

    [Fact, Accepts("IPC1030")]
    public Task A_method_that_is_inherited_with_the_same_options_or_under_another_name_is_accepted() => Verify.AcceptsAsync("""
        [IpcService] public partial interface IBase { [OneWay] void Write(string text); [OneWay] void Read(int id); }
        [IpcService] public partial interface IDerived : IBase { [OneWay] new void Write(string text); [IpcMethod(Name = "Read2")] new void Read(int id); }
        """);

    [Fact, Rejects("IPC1031")]
    public Task A_one_way_call_that_an_urgent_one_overtakes_is_reported() => Verify.ReportsAsync("""
        [IpcService]
        public partial interface IPress
        {
            [OneWay] void {|IPC1031:Set|}(double bar);
            [OneWay, IpcMethod(Priority = 3)] void {|IPC1031:Hold|}();
            [IpcMethod(Priority = 7)] void Strike();
        }
        """);

    [Fact, Accepts("IPC1031")]
    public Task One_way_calls_of_the_highest_priority_and_calls_that_answer_are_accepted() => Verify.AcceptsAsync("""
        [IpcService]
        public partial interface IPress
        {
            void Set(double bar);
            [OneWay, IpcMethod(Priority = 7)] void Hold();
            [IpcMethod(Priority = 7)] void Strike();
        }
        """);

    [Fact, Rejects("IPC1032")]
    public Task A_fault_of_a_one_way_method_is_reported() => Verify.ReportsAsync("""
        public record Full(int Capacity);
        [IpcService] public partial interface ILog { [OneWay, {|IPC1032:IpcFault(typeof(Full))|}] void Write(string text); }
        """);

    [Fact, Accepts("IPC1032")]
    public Task A_fault_of_the_contract_does_not_mean_its_one_way_methods() => Verify.AcceptsAsync("""
        public record Full(int Capacity);
        [IpcService, IpcFault(typeof(Full))] public partial interface ILog { [OneWay] void Write(string text); void Flush(); }
        """);

    [Fact, Rejects("IPC1033")]
    public Task A_fault_that_is_declared_twice_is_reported() => Verify.ReportsAsync("""
        public record Full(int Capacity);
        public record Gone(int Id);
        [IpcService, IpcFault(typeof(Full))]
        public partial interface ILog
        {
            [{|IPC1033:IpcFault(typeof(Full))|}] void Write(string text);
            [IpcFault(typeof(Gone)), {|IPC1033:IpcFault(typeof(Gone))|}] void Remove(int id);
        }
        """);

    [Fact, Accepts("IPC1033")]
    public Task Several_faults_are_accepted() => Verify.AcceptsAsync("""
        public record Full(int Capacity);
        public record Gone(int Id);
        [IpcService, IpcFault(typeof(Full))] public partial interface ILog { [IpcFault(typeof(Gone))] void Write(string text); [IpcFault(typeof(Gone))] void Remove(int id); }
        """);

    [Fact, Rejects("IPC1034")]
    public Task A_call_without_end_and_without_token_is_reported() => Reported("[IpcMethod(TimeoutMilliseconds = -1)] Task {|IPC1034:WaitAsync|}();");

    [Fact, Accepts("IPC1034")]
    public Task A_call_without_end_and_with_a_token_or_without_an_answer_is_accepted()
        => Reported("[IpcMethod(TimeoutMilliseconds = -1)] Task WaitAsync(CancellationToken token); [OneWay, IpcMethod(TimeoutMilliseconds = -1)] void Post();");

    [Theory, Rejects("IPC1035"), Accepts("IPC1035")]
    [InlineData("86400001", true)]
    [InlineData("int.MaxValue", true)]
    [InlineData("86400000", false)]
    public Task A_deadline_beyond_a_day_is_reported(string milliseconds, bool isReported)
        => Reported($"[IpcMethod(TimeoutMilliseconds = {milliseconds})] void {(isReported ? "{|IPC1035:Wait|}" : "Wait")}();");

    [Fact, Rejects("IPC1036")]
    public Task A_synchronous_method_with_the_name_of_an_asynchronous_one_is_reported() => Reported("int {|IPC1036:CountAsync|}(); void {|IPC1036:FlushAsync|}();");

    [Fact, Accepts("IPC1036")]
    public Task Asynchronous_methods_are_called_as_their_author_likes()
        => Reported("Task<int> CountAsync(); ValueTask FlushAsync(); Task Flush(); int Count(); [OneWay] void PostAsync(); int Async();");

    [Fact, Rejects("IPC1037")]
    public Task A_contract_without_methods_is_reported() => Verify.ReportsAsync("[IpcService] public partial interface {|IPC1037:IClock|} { static int Zero => 0; }");

    [Fact, Accepts("IPC1037")]
    public Task A_contract_that_inherits_its_methods_is_accepted() => Verify.AcceptsAsync("""
        public interface IPlain { void Do(); }
        [IpcService] public partial interface IClock : IPlain;
        """);

    [Fact, Rejects("IPC1038")]
    public Task A_method_with_a_body_is_reported() => Reported("int Count(); int {|IPC1038:Twice|}() => 2 * Count();");

    [Fact, Accepts("IPC1038")]
    public Task A_method_with_a_body_that_is_marked_or_cannot_be_called_from_outside_is_accepted()
        => Reported("int Count(); [IpcMethod] int Twice() => 2 * Count(); private int Thrice() => 3 * Count(); static int Zero() => 0;");

    private static async Task Reported(string members) => await Verify.ReportsAsync($$"""[IpcService] public partial interface ITest { {{members}} }""");
}
