namespace Contracts.Ipc.Analyzers.Tests.Shapes;

public sealed class ShapeFixTests
{
    [Fact]
    public Task A_contract_is_made_partial_and_comments_stay_where_they_are() => VerifyFix.OneAsync(
        "IPC1001",
        "Make 'ICalculator' partial",
        """
        /// <summary>Adds.</summary>
        [IpcService]
        // Public, because others call it.
        public interface ICalculator
        {
            int Add(int a, int b);
        }
        """,
        """
        /// <summary>Adds.</summary>
        [IpcService]
        // Public, because others call it.
        public partial interface ICalculator
        {
            int Add(int a, int b);
        }
        """);

    [Fact]
    public Task All_contracts_are_made_partial_with_or_without_modifiers_and_attributes() => VerifyFix.AllAsync(
        "IPC1001",
        "Make 'IFirst' partial",
        """
        // First.
        [IpcService] interface IFirst { void Do(); }

        [IpcService]
        internal interface ISecond { void Do(); }

        public interface IForeign { void Do(); }

        [IpcContractFor(typeof(IForeign))]
        static class Holder { }
        """,
        """
        // First.
        [IpcService] partial interface IFirst { void Do(); }

        [IpcService]
        internal partial interface ISecond { void Do(); }

        public interface IForeign { void Do(); }

        [IpcContractFor(typeof(IForeign))]
        static partial class Holder { }
        """);

    [Fact]
    public Task All_types_around_a_contract_are_made_partial() => VerifyFix.AllAsync(
        "IPC1002",
        "Make 'Outer' partial",
        """
        // Outer.
        class Outer
        {
            public record struct Inner
            {
                [IpcService] public partial interface INested { void Do(); }
            }

            protected static class Other { [IpcService] public partial interface INested { void Do(); } }
        }
        """,
        """
        // Outer.
        partial class Outer
        {
            public partial record struct Inner
            {
                [IpcService] public partial interface INested { void Do(); }
            }

            protected static partial class Other { [IpcService] public partial interface INested { void Do(); } }
        }
        """);

    [Fact]
    public Task A_contract_that_is_local_to_its_file_is_made_internal() => VerifyFix.OneAsync(
        "IPC1003",
        "Make internal",
        "[IpcService] file partial interface IClock { long Now(); }",
        "[IpcService] internal partial interface IClock { long Now(); }");

    [Fact]
    public Task Slashes_in_names_become_dots() => VerifyFix.OneAsync(
        "IPC1006",
        "Rename to 'acme.calculator'",
        """[IpcService(Name = "/acme/calculator")] public partial interface ICalculator { int Add(int a, int b); }""",
        """[IpcService(Name = "acme.calculator")] public partial interface ICalculator { int Add(int a, int b); }""");

    [Fact]
    public Task Slashes_in_method_names_become_dots_everywhere() => VerifyFix.AllAsync(
        "IPC1020",
        "Rename to 'math.add'",
        """
        [IpcService]
        public partial interface ICalculator
        {
            [IpcMethod(Name = "math/add", Idempotent = true)] int Add(int a, int b);
            [IpcMethod(Name = "math/sub")] int Subtract(int a, int b);
        }
        """,
        """
        [IpcService]
        public partial interface ICalculator
        {
            [IpcMethod(Name = "math.add", Idempotent = true)] int Add(int a, int b);
            [IpcMethod(Name = "math.sub")] int Subtract(int a, int b);
        }
        """);

    [Fact]
    public Task The_token_moves_to_the_end_in_contract_class_and_calls() => VerifyFix.OneAsync(
        "IPC1015",
        "Move 'token' to the end",
        """
        [IpcService]
        public partial interface ISearch
        {
            Task<int> FindAsync(CancellationToken token, string text, int limit = 10);
        }

        public class Search : ISearch
        {
            public Task<int> FindAsync(
                CancellationToken token,
                string text,
                int limit = 10) => Task.FromResult(limit);
        }

        public static class Client
        {
            public static async Task Run(ISearch search, Search direct, CancellationToken stop)
            {
                await search.FindAsync(stop, "a", 1);
                await search.FindAsync(stop, "b");
                await search.FindAsync(token: stop, text: "c");
                await direct.FindAsync(default, "d", 2);
            }
        }
        """,
        """
        [IpcService]
        public partial interface ISearch
        {
            Task<int> FindAsync(string text, int limit = 10, CancellationToken token = default);
        }

        public class Search : ISearch
        {
            public Task<int> FindAsync(
                string text,
                int limit = 10,
                CancellationToken token = default) => Task.FromResult(limit);
        }

        public static class Client
        {
            public static async Task Run(ISearch search, Search direct, CancellationToken stop)
            {
                await search.FindAsync("a", 1, stop);
                await search.FindAsync("b", token: stop);
                await search.FindAsync(text: "c", token: stop);
                await direct.FindAsync("d", 2, default);
            }
        }
        """);

    [Fact]
    public Task Explicit_implementations_and_overrides_follow() => VerifyFix.OneAsync(
        "IPC1015",
        "Move 'token' to the end",
        """
        [IpcService] public partial interface ISearch { void Find(CancellationToken token, string text); }
        public class Hidden : ISearch { void ISearch.Find(CancellationToken cancel, string what) { } }
        public class Search : ISearch { public virtual void Find(CancellationToken token, string text) { } }
        public class Better : Search { public override void Find(CancellationToken token, string text) => base.Find(token, text + "!"); }
        """,
        """
        [IpcService] public partial interface ISearch { void Find(string text, CancellationToken token); }
        public class Hidden : ISearch { void ISearch.Find(string what, CancellationToken cancel) { } }
        public class Search : ISearch { public virtual void Find(string text, CancellationToken token) { } }
        public class Better : Search { public override void Find(string text, CancellationToken token) => base.Find(text + "!", token); }
        """);

    [Fact]
    public Task All_tokens_move_to_the_end() => VerifyFix.AllAsync(
        "IPC1015",
        "Move 'token' to the end",
        """
        [IpcService]
        public partial interface ISearch
        {
            void Find(CancellationToken token, string text);
            void Count(int from, CancellationToken token, int to);
        }

        public class Search : ISearch
        {
            public void Find(CancellationToken token, string text) { }
            public void Count(int from, CancellationToken token, int to) { }
        }
        """,
        """
        [IpcService]
        public partial interface ISearch
        {
            void Find(string text, CancellationToken token);
            void Count(int from, int to, CancellationToken token);
        }

        public class Search : ISearch
        {
            public void Find(string text, CancellationToken token) { }
            public void Count(int from, int to, CancellationToken token) { }
        }
        """);

    [Fact]
    public Task One_way_is_removed() => VerifyFix.AllAsync(
        "IPC1021",
        "Remove [OneWay]",
        """
        [IpcService]
        public partial interface ILog
        {
            /// <summary>Counts.</summary>
            [OneWay]
            Task<int> CountAsync();

            [IpcMethod(Idempotent = true), OneWay]
            int Count();
        }
        """,
        """
        [IpcService]
        public partial interface ILog
        {
            /// <summary>Counts.</summary>
            Task<int> CountAsync();

            [IpcMethod(Idempotent = true)]
            int Count();
        }
        """);

    [Theory]
    [InlineData("Task<int>", "Task")]
    [InlineData("ValueTask<string>", "ValueTask")]
    [InlineData("System.Threading.Tasks.Task<int>", "System.Threading.Tasks.Task")]
    [InlineData("int", "void")]
    public Task The_result_of_a_one_way_method_is_dropped(string before, string after) => VerifyFix.OneAsync(
        "IPC1021",
        $"Return {after}",
        $$"""[IpcService] public partial interface ILog { [OneWay] {{before}} Write(string line); }""",
        $$"""[IpcService] public partial interface ILog { [OneWay] {{after}} Write(string line); }""");
}
