namespace Contracts.Ipc.Analyzers.Tests.Shapes;

public sealed class MethodFixTests
{
    [Fact]
    public Task Overloads_get_names_of_their_own() => VerifyFix.AllAsync(
        "IPC1017",
        "Name it 'AddInt32String' on the wire",
        """
        [IpcService]
        public partial interface ISum
        {
            int Add(int a);

            // The longer one.
            int Add(int a, string b);

            [IpcMethod(Idempotent = true)]
            int Add(List<int> all, CancellationToken cancellationToken);
        }
        """,
        """
        [IpcService]
        public partial interface ISum
        {
            int Add(int a);

            // The longer one.
            [IpcMethod(Name = "AddInt32String")]
            int Add(int a, string b);

            [IpcMethod(Idempotent = true, Name = "AddListInt32")]
            int Add(List<int> all, CancellationToken cancellationToken);
        }
        """);

    [Fact]
    public async Task Methods_that_were_given_one_name_on_purpose_are_left_to_their_author()
        => Assert.Empty(await VerifyFix.TitlesAsync("IPC1017", "[IpcService] public partial interface ISum { [IpcMethod(Name = \"x\")] int A(); [IpcMethod(Name = \"x\")] int B(); }"));

    [Theory]
    [InlineData("IPC1022", "Set no deadline", "TimeoutMilliseconds = -5", "TimeoutMilliseconds = -1")]
    [InlineData("IPC1035", "Set no deadline", "TimeoutMilliseconds = int.MaxValue", "TimeoutMilliseconds = -1")]
    [InlineData("IPC1025", "Set the priority to 7", "Priority = 100", "Priority = 7")]
    [InlineData("IPC1025", "Set the priority to 0", "Priority = -1", "Priority = 0")]
    public Task Options_get_the_nearest_value_that_means_something(string id, string title, string before, string after) => VerifyFix.AllAsync(
        id,
        title,
        $$"""[IpcService] public partial interface ITest { [IpcMethod({{before}})] void A(CancellationToken token); [IpcMethod(Idempotent = true, {{before}})] void B(CancellationToken token); }""",
        $$"""[IpcService] public partial interface ITest { [IpcMethod({{after}})] void A(CancellationToken token); [IpcMethod(Idempotent = true, {{after}})] void B(CancellationToken token); }""");

    [Theory]
    [InlineData("IPC1032", "[OneWay, IpcFault(typeof(Full))] void Write(string text);", "[OneWay] void Write(string text);")]
    [InlineData("IPC1033", "[IpcFault(typeof(Full)), IpcFault(typeof(Full))] void Write(string text);", "[IpcFault(typeof(Full))] void Write(string text);")]
    public Task Faults_that_say_nothing_are_removed(string id, string before, string after) => VerifyFix.OneAsync(
        id, "Remove [IpcFault]", $"public record Full(int Capacity); [IpcService] public partial interface ILog {{ {before} }}", $"public record Full(int Capacity); [IpcService] public partial interface ILog {{ {after} }}");

    [Fact]
    public Task Methods_with_a_body_are_called_remotely() => VerifyFix.AllAsync(
        "IPC1038",
        "Call it remotely: add [IpcMethod]",
        """
        [IpcService]
        public partial interface ICounter
        {
            int Add(int amount);

            /// <summary>Adds one.</summary>
            int Increment() => Add(1);

            int Decrement() => Add(-1);
        }
        """,
        """
        [IpcService]
        public partial interface ICounter
        {
            int Add(int amount);

            /// <summary>Adds one.</summary>
            [IpcMethod]
            int Increment() => Add(1);

            [IpcMethod]
            int Decrement() => Add(-1);
        }
        """);
}
