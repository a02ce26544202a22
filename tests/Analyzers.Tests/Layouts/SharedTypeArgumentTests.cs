using Microsoft.CodeAnalysis;

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

    [Fact]
    public async Task Wrappers_of_the_project_are_explained_like_those_of_the_library()
    {
        var reported = await Verify.ReportsAsync(
            """
            public interface IFrame<T> : ISharedLayout<T> where T : unmanaged, IFrame<T> { }
            public class Ring<T> where T : unmanaged, ISharedLayout<T> { public SharedQueue<T>? Queue; public class Reader { } }
            public class Frames<T> where T : unmanaged, IFrame<T> { }
            public static class Publisher
            {
                public static void Publish<T>(T value, string name) where T : unmanaged, ISharedLayout<T> { }
                public static void Publish<T>(this Ring<T> ring, int priority) where T : unmanaged, ISharedLayout<T> { }
            }
            public struct Sample { public double Value; }
            [SharedLayout] public partial struct Good { public double Value; }
            public class Program
            {
                private Ring<{|IPC3030:Sample|}>? _ring;
                private Ring<{|IPC3030:int|}>.Reader? _reader;
                private Frames<{|IPC3030:Sample|}>? _frames;
                private Ring<Good>? _good;
                private void Run(Sample sample, Good good)
                {
                    Publisher.Publish({|IPC3030:sample|}, "one");
                    Publisher.Publish(good, "two");
                    Publisher.Publish<{|IPC3030:Sample|}>(sample, "three");
                    _good!.Publish(5);
                }
            }
            """,
            compilerErrors: ["CS0315"]);
        Assert.Contains("'Publish' needs a shared struct, and 'Sample' is none. Mark the struct [SharedLayout] and make it partial.", reported.Select(diagnostic => diagnostic.GetMessage()));
    }

    [Fact]
    public async Task Wrappers_of_other_assemblies_are_explained_too()
    {
        Compilation library = Generator.Run(TestProject.Compile("namespace Lib; public class Ring<T> where T : unmanaged, ISharedLayout<T> { } [SharedLayout] public partial struct Good { public long A; }").WithAssemblyName("Lib"));
        var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        MarkedSource source = MarkedSource.Parse("public class Program { private Lib.Ring<{|IPC3030:int|}>? _ring; private Lib.Ring<Lib.Good>? _good; }");
        Compilation program = TestProject.Compile(source.Text).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        Verify.AssertSame(source, await TestProject.AnalyzeAsync(program));
    }
}
