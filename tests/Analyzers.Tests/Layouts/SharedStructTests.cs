using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Tests.Layouts;

/// <summary>IPC3001 to IPC3012 and IPC3031 to IPC3033: a shared struct as a whole.</summary>
public sealed class SharedStructTests
{
    [Fact, Accepts("IPC3001"), Accepts("IPC3002"), Accepts("IPC3003"), Accepts("IPC3004"), Accepts("IPC3005")]
    public Task Structs_of_every_declaration_are_accepted() => Accepted("""
        [SharedLayout] public partial struct Plain { public int A; }
        [SharedLayout] internal readonly partial record struct Positional(int A, double B);
        [SharedLayout] public partial struct WithStatics { public static string? Name; public const string Text = "t"; public int A; public static string Property { get; set; } = ""; }
        [SharedLayout, InlineArray(4)] public partial struct Four { private long _element; }
        public partial class Outer { private partial interface IInner { [SharedLayout] protected internal partial struct Nested { public int A; } } }
        [StructLayout(LayoutKind.Sequential)] public struct Pair<T> where T : unmanaged { public T First, Second; }
        [SharedLayout] public unsafe partial struct Everything { public Plain Plain; public Pair<Pair<byte>> Pair; public Four Four; public fixed byte Bytes[8]; public DayOfWeek Day; public Guid Id; private int _padding; }
        """);

    [Fact, Rejects("IPC3001")]
    public Task A_struct_that_is_not_partial_is_rejected() => Rejected("""
        [SharedLayout] public struct {|IPC3001:Sample|} { public int A; }
        """);

    [Fact, Rejects("IPC3002")]
    public Task Every_type_around_that_is_not_partial_is_rejected() => Rejected("""
        public class {|IPC3002:Outer|} { public partial class Middle { public record struct {|IPC3002:Inner|} { [SharedLayout] public partial struct Sample { public int A; } } } }
        """);

    [Fact, Rejects("IPC3003")]
    public Task File_local_structs_are_rejected() => Rejected("""
        [SharedLayout] file partial struct {|IPC3003:Sample|} { public int A; }
        """);

    [Fact, Rejects("IPC3004")]
    public Task Generic_structs_and_structs_in_generic_types_are_rejected() => Rejected("""
        [SharedLayout] public partial struct {|IPC3004:Pair|}<T> where T : unmanaged { public T First; }
        public partial class Outer<T> { [SharedLayout] public partial struct {|IPC3004:Sample|} { public int A; } }
        """);

    [Fact, Rejects("IPC3005")]
    public Task Empty_structs_are_rejected_also_deep_inside() => Rejected("""
        public struct Nothing { public static int Count; }
        public struct Holder { public int A; public Nothing Nothing; }
        [SharedLayout] public partial struct {|IPC3005:Empty|} { }
        [SharedLayout] public partial struct Sample { public Holder {|IPC3005:Holder|}; }
        """);

    [Fact, Rejects("IPC3006")]
    public Task Automatic_layout_is_rejected_also_deep_inside() => Rejected("""
        [StructLayout(LayoutKind.Auto)] public struct Auto { public byte A; public int B; }
        [SharedLayout, StructLayout(LayoutKind.Auto)] public partial struct {|IPC3006:Sample|} { public int A; }
        [SharedLayout] public partial struct Other { public Auto {|IPC3006:Inner|}; }
        """);

    [Fact, Accepts("IPC3006"), Accepts("IPC3009"), Accepts("IPC3010")]
    public Task Sequential_and_explicit_layouts_and_sizes_that_fit_are_accepted() => Accepted("""
        [SharedLayout, StructLayout(LayoutKind.Sequential)] public partial struct A { public int X; }
        [SharedLayout, StructLayout(LayoutKind.Sequential, Size = 12)] public partial struct B { public int X; }
        [SharedLayout, StructLayout(LayoutKind.Explicit, Size = 128)] public partial struct C { [FieldOffset(64)] public long X; [FieldOffset(0)] public byte Y; }
        """);

    [Fact, Rejects("IPC3007")]
    public Task Fields_in_two_parts_are_rejected() => Rejected("""
        [SharedLayout] public partial struct {|IPC3007:Sample|} { public int A; }
        public partial struct Sample { public int B; }
        """);

    [Fact, Accepts("IPC3007"), Accepts("IPC3008")]
    public Task Parts_without_fields_and_positional_records_are_accepted() => Accepted("""
        [SharedLayout] public partial struct Sample { public int A; public Sample(int a) => A = a; }
        public partial struct Sample { public const int Count = 1; public readonly int Twice => A * 2; }
        [SharedLayout] public partial record struct Record(int A);
        """);

    [Fact, Rejects("IPC3008")]
    public Task Primary_constructors_are_rejected() => Rejected("""
        [SharedLayout] public partial struct {|IPC3008:Sample|}(int scale) { public int A; public readonly int Scaled => A * scale; }
        """);

    [Fact, Rejects("IPC3009"), Rejects("IPC3010")]
    public Task Sizes_that_do_not_fit_are_rejected() => Rejected("""
        [SharedLayout, StructLayout(LayoutKind.Sequential, Size = 9)] public partial struct {|IPC3009:Odd|} { public int X; }
        [SharedLayout, StructLayout(LayoutKind.Sequential, Size = 3)] public partial struct {|IPC3010:Small|} { public int X; }
        """);

    [Fact, Rejects("IPC3011"), Accepts("IPC3011")]
    public Task More_than_a_mebibyte_is_rejected() => Rejected("""
        [InlineArray(1024 * 1024)] public struct Mebibyte { private byte _element; }
        [SharedLayout] public partial struct {|IPC3036:Largest|} { public Mebibyte Bytes; }
        [SharedLayout] public partial struct {|IPC3011:TooLarge|} { public Mebibyte Bytes; public byte One; }
        [SharedLayout] public unsafe partial struct Fixed { public fixed int {|IPC3011:Numbers|}[1000000]; }
        """);

    [Fact, Rejects("IPC3012"), Accepts("IPC3012")]
    public Task Marshalling_attributes_are_rejected() => Rejected("""
        [SharedLayout, StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)] public partial struct {|IPC3012:Sample|} { [MarshalAs(UnmanagedType.I4)] public int {|IPC3012:A|}; public int B; }
        """);

    [Fact, Rejects("IPC3031"), Accepts("IPC3031")]
    public Task A_condition_among_the_members_is_advised_against() => Rejected("""
        #if SOMETHING
        #endif
        [SharedLayout] public partial struct Outside
        #if SOMETHING
        #endif
        { public int A; }
        [SharedLayout] public partial struct {|IPC3031:Inside|}
        {
            public int A;
        #if SOMETHING
            public int B;
        #endif
        }
        """);

    [Fact, Rejects("IPC3032"), Accepts("IPC3032")]
    public Task What_never_runs_in_shared_memory_is_advised_against() => Rejected("""
        [SharedLayout] public partial struct A { public int X; public {|IPC3032:A|}() => X = 1; }
        [SharedLayout] public partial struct B { public int X; public int {|IPC3032:Y|} = 2; public B(int x) => X = x; }
        [SharedLayout] public partial struct C { public int X; public static readonly int Y = 2; public C(int x) => X = x; }
        [SharedLayout] public partial record struct D(int X = 5);
        """);

    [Fact, Rejects("IPC3033"), Accepts("IPC3033")]
    public Task Disposable_structs_are_advised_against() => Rejected("""
        [SharedLayout] public partial struct {|IPC3033:A|} : IDisposable { public int X; public readonly void Dispose() { } }
        [SharedLayout] public partial struct {|IPC3033:B|} : IAsyncDisposable { public int X; public readonly ValueTask DisposeAsync() => default; }
        [SharedLayout] public partial struct C : IEquatable<C> { public int X; public readonly bool Equals(C other) => X == other.X; }
        """);

    [Fact]
    public async Task The_message_names_the_way_to_the_leaf()
    {
        var reported = await Rejected("""
            public struct Stamp { public string Text; }
            public struct Header { public Stamp Stamp; }
            [SharedLayout] public partial struct Order { public Header {|IPC3013:Header|}; }
            """);
        Assert.StartsWith("'Order.Header.Stamp.Text' is of type 'string'", Assert.Single(reported).GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_mistake_in_a_shared_struct_is_told_there_and_not_by_those_that_contain_it() => Rejected("""
        [SharedLayout] public partial struct Inner { public string {|IPC3013:Text|}; }
        [SharedLayout] public partial struct Outer { public Inner Inner; }
        """);

    [Fact]
    public Task A_pragma_silences_advice() => Accepted("""
        #pragma warning disable IPC3026
        [SharedLayout] public partial struct Sample { public bool A; }
        #pragma warning restore IPC3026
        """);

    private const string Usings = "using System.Runtime.CompilerServices;\nusing System.Runtime.InteropServices;\n";

    private static Task Accepted(string source) => Verify.AcceptsAsync(Usings + source);

    private static Task<ImmutableArray<Diagnostic>> Rejected(string source) => Verify.ReportsAsync(Usings + source);
}
