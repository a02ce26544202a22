using Contracts.Ipc.Generators.Tests.Harness;

namespace Contracts.Ipc.Generators.Tests.Layouts;

/// <summary>What the generator writes for shared structs, to be read: every snapshot also compiles without warnings.</summary>
public sealed class LayoutSnapshotTests
{
    [Fact]
    public void A_shared_struct() => Check(
        """
        namespace Acme;

        public enum Level : byte { Low, High = 200 }

        [SharedLayout]
        public partial struct Vector { public double X, Y; }

        [SharedLayout]
        public partial struct Sample
        {
            public volatile int Sequence;
            public readonly Level Level;
            public Vector Position;
            private short _hidden;
            public Guid Id;
        }
        """);

    [Fact]
    public void Arrays_generic_structs_and_hidden_fields() => Check(
        """
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;

        [InlineArray(4)] public struct Vectors { private Pair<float> _element; }

        public struct Pair<T> where T : unmanaged { public T First; public byte Tag; public T Second; }

        public unsafe struct Text { public fixed ushort Units[5]; }

        public static partial class Outer
        {
            [SharedLayout, InlineArray(32)] internal partial struct @class { private byte _element; }

            [SharedLayout, StructLayout(LayoutKind.Sequential, Pack = 4, Size = 256)]
            internal partial record struct Everything(long Id)
            {
                public int Count { get; set; }
                public Text Text;
                public Vectors Vectors;
                public @class @int;
            }
        }
        """);

    [Fact]
    public void Explicit_offsets() => Check(
        """
        using System.Runtime.InteropServices;

        namespace Acme;

        [SharedLayout, StructLayout(LayoutKind.Explicit, Size = 192)]
        public partial struct Counters
        {
            [FieldOffset(128)] public long Taken;
            [FieldOffset(0)] public long Given;
        }
        """);

    [Fact]
    public void A_refused_struct_gets_a_placeholder_if_something_can_stand_in()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            namespace Acme;

            [SharedLayout] public partial struct Dated { public DateTime Time; }
            [SharedLayout] public partial struct Managed { public string Text; }
            [SharedLayout] public struct Closed { public int Value; }

            public static class Uses { public static SharedLayout Layout => SharedLayout.Of<Dated>(); }
            """).CompilesCleanly();
        Snapshot.Match(run);
    }

    private static void Check(string source, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
        => Snapshot.Match(GeneratorRun.Of(TestCompilation.Create(source, allowUnsafe: true)).CompilesCleanly(), name);
}
