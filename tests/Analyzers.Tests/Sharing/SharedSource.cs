namespace Contracts.Ipc.Analyzers.Tests.Sharing;

/// <summary>Sources about shared memory show only the statements they are about: structs and objects are there.</summary>
internal static class SharedSource
{
    /// <summary>The structs as they are after generation, as far as it matters here.</summary>
    internal const string Structs = """
        [SharedLayout]
        public partial struct Position : ISharedLayout<Position>
        {
            public double X;
            public double Y;
            public long Count;
            public int Ready;
            public int Level;

            public readonly bool IsWhole => X == Y;
            public void Move(double by) => X += by;

            static SharedLayout ISharedLayout<Position>.Layout => null!;
        }
        """;

    /// <summary>A method with these statements.</summary>
    internal static string Method(string statements, string signature = "void Run") => $$"""
        public unsafe class Program
        {
            public static {{signature}}(
                SharedSegment<Position> segment, SharedQueue<Position> queue, SharedMutex mutex, SharedSemaphore semaphore, SharedEvent signal, SharedReaderWriterLock files,
                ref Position shared, in Position constant, string name, double distance, TimeSpan time)
            {
        {{statements}}
            }

            private static void Use<T>(in T value) { }
        }
        """;

    internal static Task ReportsAsync(string statements, string signature = "void Run") => Verify.ReportsAsync(Method(statements, signature) + "\n" + Structs);

    /// <summary>Fixes all diagnostics of the rule in these statements.</summary>
    internal static Task FixAllAsync(string id, string title, string before, string after)
        => VerifyFix.AllAsync(id, title, Method(before), Method(after), Structs);
}
