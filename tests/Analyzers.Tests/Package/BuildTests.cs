namespace Contracts.Ipc.Analyzers.Tests.Package;

/// <summary>What a user reads when <c>dotnet build</c> refuses a project.</summary>
public sealed class BuildTests(TemporaryProject project) : IClassFixture<TemporaryProject>
{
    [Fact]
    public async Task Refused_contracts_and_calls_are_explained_and_cause_no_cascade()
    {
        Printed[] printed = await project.BuildAsync(new Dictionary<string, string>
        {
            // Partial but invalid: only the analyzer speaks, although the contract is used.
            ["Invalid.cs"] = """
                [IpcService]
                public partial interface IInvalid
                {
                    Task PutAsync(object value);
                }

                public class Invalid : IInvalid
                {
                    public Task PutAsync(object value) => Task.CompletedTask;
                    public static IInvalid Use(IpcServer server, IpcConnection connection)
                    {
                        server.AddService<IInvalid>(new Invalid());
                        return connection.GetProxy<IInvalid>();
                    }
                }
                """,

            // Not partial: nothing can be generated, so the compiler complains about the use as well.
            ["NotPartial.cs"] = """
                [IpcService]
                public interface INotPartial
                {
                    Task PutAsync(string value);
                }

                public static class UseOfNotPartial
                {
                    public static INotPartial Use(IpcConnection connection) => connection.GetProxy<INotPartial>();
                }
                """,

            ["Unnamed.cs"] = """
                [IpcService]
                public partial interface IUnnamed
                {
                    Task PutAsync(string value);
                }

                public class Unnamed : IUnnamed
                {
                    public Task PutAsync(string value) => Task.CompletedTask;
                    public static void Use(IpcServer server) => server.AddService(new Unnamed());
                }
                """,
        });

        Assert.Equal(
            [
                "Invalid.cs(4): error IPC1014",
                "NotPartial.cs(2): error IPC1001",
                "NotPartial.cs(9): error CS0311",
                "Unnamed.cs(10): error CS0311",
                "Unnamed.cs(10): error IPC4001",
            ],
            printed.Select(line => line.ToString()));
        Assert.EndsWith("(docs/analyzers/IPC1001.md)", printed.Single(line => line.Id == "error IPC1001").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_structs_are_explained_and_cause_no_cascade()
    {
        Printed[] printed = await project.BuildAsync(new Dictionary<string, string>
        {
            // Partial but invalid: only the analyzer speaks, although the struct is used.
            ["Dated.cs"] = """
                using Contracts.Ipc.SharedMemory;

                [SharedLayout]
                public partial struct Dated
                {
                    public DateTime Time;
                    public long Count;
                }

                public static class UseOfDated
                {
                    public static SharedLayout Layout => SharedLayout.Of<Dated>();
                }
                """,

            // Never marked: the compiler speaks of boxing, and the analyzer says what to do.
            ["Unmarked.cs"] = """
                using Contracts.Ipc.SharedMemory;

                public struct Unmarked
                {
                    public long Count;
                }

                public static class UseOfUnmarked
                {
                    public static SharedLayout Layout => SharedLayout.Of<Unmarked>();
                }
                """,
        });

        Assert.Equal(
            ["Dated.cs(6): error IPC3016", "Unmarked.cs(10): error CS0315", "Unmarked.cs(10): error IPC3030"],
            printed.Select(line => line.ToString()));
    }

    [Fact]
    public async Task A_language_version_that_is_too_old_is_the_only_error()
    {
        Printed[] printed = await project.BuildAsync(
            new Dictionary<string, string> { ["Clock.cs"] = "[IpcService] public partial interface IClock { long Now(); }" },
            "-p:LangVersion=11");
        Assert.Equal(["Clock.cs(1): error IPC1007"], printed.Select(line => line.ToString()));
    }

    [Fact]
    public async Task A_good_project_builds_without_a_word()
    {
        Printed[] printed = await project.BuildAsync(
            new Dictionary<string, string>
            {
                ["Shop.cs"] = """
                    namespace Acme;

                    [IpcService]
                    internal partial interface IShop
                    {
                        ValueTask<Order> FindAsync(int id, CancellationToken cancellationToken = default);
                    }

                    internal sealed record Order(int Id, string? Customer, List<string> Articles);

                    internal sealed class Shop : IShop
                    {
                        public ValueTask<Order> FindAsync(int id, CancellationToken cancellationToken) => new(new Order(id, null, []));

                        public static IShop Use(IpcServer server, IpcConnection connection)
                        {
                            server.AddService<IShop>(new Shop());
                            return connection.GetProxy<IShop>();
                        }
                    }
                    """,
            },
            "-p:AnalysisLevel=latest-all -p:TreatWarningsAsErrors=true -p:NoWarn=CA1812");
        Assert.Empty(printed);
    }
}
