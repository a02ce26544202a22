namespace Contracts.Ipc.Analyzers.Tests.Shapes;

/// <summary>IPC1010 to IPC1023, IPC1025: the members of a contract.</summary>
public sealed class MethodShapeTests
{
    [Fact, Rejects("IPC1010")]
    public Task Members_that_are_no_methods_are_rejected() => Rejected("""
        int {|IPC1010:Count|} { get; }
        event Action {|IPC1010:Changed|};
        int {|IPC1010:this|}[int index] { get; }
        static abstract void {|IPC1010:Create|}();
        """);

    [Fact, Accepts("IPC1010"), Accepts("IPC1011"), Accepts("IPC1012"), Accepts("IPC1013"), Accepts("IPC1014")]
    public Task Methods_of_every_supported_shape_are_accepted() => Accepted("""
        void Do();
        int Add(int a, int b);
        Task RunAsync();
        Task<string?> AskAsync(string question, CancellationToken cancellationToken);
        ValueTask PingAsync(CancellationToken cancellationToken = default);
        ValueTask<List<Dictionary<string, int[]>>> ListAsync(Guid id, DateTimeOffset since, params string[] tags);
        Task<(int Low, int High)?> RangeAsync(ReadOnlyMemory<byte> bytes, DayOfWeek day, decimal amount = 1.5m);
        """);

    [Fact, Rejects("IPC1011")]
    public Task A_generic_method_is_rejected() => Rejected("""
        void {|IPC1011:Put|}<T>(int key);
        """);

    [Fact, Rejects("IPC1012")]
    public Task Return_types_that_cannot_travel_are_rejected() => Rejected("""
        object {|IPC1012:Get|}();
        Task<dynamic> {|IPC1012:GetDynamicAsync|}();
        ValueTask<Action> {|IPC1012:GetActionAsync|}();
        Task<Task<int>> {|IPC1012:GetTaskAsync|}();
        List<object> {|IPC1012:GetMany|}();
        unsafe int* {|IPC1012:GetPointer|}();
        """);

    [Fact, Rejects("IPC1013")]
    public Task Parameters_and_results_by_reference_are_rejected() => Rejected("""
        bool TryGet(string key, out int {|IPC1013:value|});
        void Change(ref int {|IPC1013:value|});
        void Look(in int {|IPC1013:value|});
        void LookCloser(ref readonly int {|IPC1013:value|});
        ref int {|IPC1013:Find|}(string key);
        """);

    [Fact, Rejects("IPC1014")]
    public Task Parameter_types_that_cannot_travel_are_rejected() => Rejected("""
        void Put(object {|IPC1014:value|});
        void Later(Task {|IPC1014:work|});
        void Write(System.IO.Stream {|IPC1014:target|});
        void Call(Action {|IPC1014:callback|});
        void Show(ReadOnlySpan<int> {|IPC1014:values|});
        void Store(Dictionary<string, object[]> {|IPC1014:map|}, nint {|IPC1014:address|});
        """);

    [Fact, Rejects("IPC1015")]
    public Task A_token_before_other_parameters_is_rejected() => Rejected("""
        void First(CancellationToken {|IPC1015:cancellationToken|}, int a);
        void Middle(int a, CancellationToken {|IPC1015:cancellationToken|} = default, int b = 0);
        """);

    [Fact, Accepts("IPC1015"), Accepts("IPC1016")]
    public Task One_token_at_the_end_is_accepted() => Accepted("""
        void Last(int a, CancellationToken cancellationToken);
        void Only(CancellationToken cancellationToken = default);
        """);

    [Fact, Rejects("IPC1016")]
    public Task More_than_one_token_is_rejected() => Rejected("""
        void Two(int a, CancellationToken first, CancellationToken {|IPC1016:second|});
        """);

    [Fact, Rejects("IPC1017")]
    public Task Methods_with_one_wire_name_are_rejected() => Rejected("""
        int Add(int a, int b);
        double {|IPC1017:Add|}(double a, double b);
        void Remove();
        [IpcMethod(Name = "Remove")] void {|IPC1017:Delete|}();
        """);

    [Fact, Accepts("IPC1017"), Accepts("IPC1018"), Accepts("IPC1019")]
    public Task Overloads_with_names_of_their_own_and_a_diamond_are_accepted() => Verify.AcceptsAsync("""
        public interface ILeft { Task CloseAsync(); }
        public interface IRight { Task CloseAsync(); }

        [IpcService]
        public partial interface IContract : ILeft, IRight
        {
            int Add(int a, int b);
            [IpcMethod(Name = "AddDouble")] double Add(double a, double b);
            [IpcMethod(Name = "add")] long AddLong(long a, long b);
        }
        """);

    [Fact, Rejects("IPC1018")]
    public Task Inherited_methods_with_one_name_and_different_signatures_are_rejected() => Verify.ReportsAsync("""
        public interface IReader { Task<int> OpenAsync(string path); }
        public interface IWriter { Task<int> OpenAsync(string path, bool append); }
        [IpcService] public partial interface {|IPC1018:IFiles|} : IReader, IWriter;
        """);

    [Fact, Rejects("IPC1019")]
    public Task Names_with_one_hash_are_rejected() => Verify.ReportsAsync("""
        [IpcService(Name = "Collision")]
        public partial interface ILottery { void MbQEHQn38L2k(); void {|IPC1019:MSeQdBqKwd_j|}(); }
        """);

    [Fact, Rejects("IPC1020")]
    public Task Method_names_that_are_empty_or_have_a_slash_are_rejected() => Rejected("""
        [IpcMethod(Name = "math/add")] void {|IPC1020:Add|}();
        [IpcMethod(Name = "")] void {|IPC1020:Remove|}();
        """);

    [Fact, Rejects("IPC1021")]
    public Task One_way_methods_with_a_result_are_rejected() => Rejected("""
        [OneWay] int {|IPC1021:Count|}();
        [OneWay] Task<int> {|IPC1021:CountAsync|}();
        [OneWay] ValueTask<string> {|IPC1021:NameAsync|}();
        """);

    [Fact, Accepts("IPC1021")]
    public Task One_way_methods_without_result_are_accepted() => Accepted("""
        [OneWay] void Note(string text);
        [OneWay] Task NoteAsync(string text);
        [OneWay] ValueTask NoteLaterAsync(string text, CancellationToken cancellationToken);
        """);

    [Theory, Rejects("IPC1022")]
    [InlineData("-2")]
    [InlineData("int.MinValue")]
    public Task Timeouts_below_minus_one_are_rejected(string timeout) => Rejected($$"""
        [IpcMethod(TimeoutMilliseconds = {{timeout}})] void {|IPC1022:Do|}();
        """);

    [Fact, Accepts("IPC1022")]
    public Task Timeouts_from_minus_one_on_are_accepted() => Accepted("""
        [IpcMethod(TimeoutMilliseconds = Timeout.Infinite)] void Wait(CancellationToken cancellationToken);
        [IpcMethod(TimeoutMilliseconds = 0)] void Do();
        [IpcMethod(TimeoutMilliseconds = 24 * 60 * 60 * 1000)] void DoSlowly();
        """);

    [Theory, Rejects("IPC1025")]
    [InlineData("-1")]
    [InlineData("8")]
    [InlineData("int.MaxValue")]
    public Task Priorities_that_three_bits_cannot_carry_are_rejected(string priority) => Rejected($$"""
        [IpcMethod(Priority = {{priority}})] void {|IPC1025:Do|}();
        """);

    [Fact, Accepts("IPC1025")]
    public Task Priorities_from_0_to_7_are_accepted() => Accepted("""
        [IpcMethod(Priority = 0)] void DoSometime();
        [IpcMethod(Priority = 7)] void DoNow();
        """);

    [Fact, Rejects("IPC1023")]
    public Task Fault_details_that_cannot_travel_are_rejected() => Rejected("""
        [IpcFault(typeof(Exception))] void {|IPC1023:Do|}();
        """);

    [Fact, Accepts("IPC1023")]
    public Task Fault_details_that_are_messages_are_accepted() => Verify.AcceptsAsync("""
        [IpcService, IpcFault(typeof(string))]
        public partial interface IBank { [IpcFault(typeof(Missing))] void Withdraw(decimal amount); }

        public record Missing(decimal Amount);
        """);

    private static async Task Rejected(string members) => await Verify.ReportsAsync(Contract(members));

    private static async Task Accepted(string members) => await Verify.AcceptsAsync(Contract(members));

    private static string Contract(string members) => $$"""
        [IpcService]
        public partial interface IContract
        {
            {{members}}
        }
        """;
}
