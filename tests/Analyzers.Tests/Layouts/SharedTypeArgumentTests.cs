namespace Contracts.Ipc.Analyzers.Tests.Layouts;

/// <summary>IPC3030: what is used as a shared struct and is none.</summary>
public sealed class SharedTypeArgumentTests
{
    [Fact, Rejects("IPC3030")]
    public async Task Every_place_that_names_a_type_that_is_not_shared_is_explained()
    {
        var reported = await Verify.ReportsAsync(
            """
            public struct Sample { public double Value; }
            public class Program
            {
                private SharedSegment<{|IPC3030:Sample|}>? _field;
                private SharedLayout _layout = SharedLayout.Of<{|IPC3030:int|}>();
                private void Run<T>() where T : unmanaged => SharedLayout.Of<{|IPC3030:T|}>();
                private void Text() => SharedLayout.Of<{|IPC3030:string|}>();
            }
            """,
            compilerErrors: ["CS0315", "CS0314", "CS8377", "CS0311"]);
        Assert.Equal(
            [
                "'SharedSegment' needs a shared struct, and 'Sample' is none. Mark the struct [SharedLayout] and make it partial.",
                "'Of' needs a shared struct, and 'int' is none. Make it a field of a struct of your own that is marked [SharedLayout].",
                "'Of' needs a shared struct, and 'T' is none. Constrain it: where T : unmanaged, ISharedLayout<T>.",
                "'Of' needs a shared struct, and 'string' is none. Only structs lie in shared memory: declare one with the data and mark it [SharedLayout].",
            ],
            reported.Select(diagnostic => diagnostic.GetMessage()));
    }

    [Fact, Accepts("IPC3030")]
    public Task Shared_structs_constrained_parameters_and_look_alikes_are_left_alone() => Verify.ReportsAsync(
        """
        [SharedLayout] public partial struct Sample { public double Value; }
        public class Program
        {
            private SharedSegment<Sample>? _segment;
            private void Run<T>() where T : unmanaged, ISharedLayout<T> => SharedLayout.Of<T>();
            private static List<int> Of<T>() => [];
            private void Others() => Of<int>();
        }
        """,
        compilerErrors: ["CS0315"]);
}
