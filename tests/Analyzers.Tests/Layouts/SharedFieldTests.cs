using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Tests.Layouts;

/// <summary>IPC3013 to IPC3029: the fields of a shared struct.</summary>
public sealed class SharedFieldTests
{
    [Fact]
    [Accepts("IPC3013"), Accepts("IPC3014"), Accepts("IPC3015"), Accepts("IPC3016"), Accepts("IPC3017"), Accepts("IPC3018"), Accepts("IPC3019"), Accepts("IPC3020")]
    [Accepts("IPC3023"), Accepts("IPC3025"), Accepts("IPC3026"), Accepts("IPC3027"), Accepts("IPC3028"), Accepts("IPC3029")]
    public Task Every_type_that_is_data_is_accepted() => Fields("""
        public sbyte A; public byte B; public short C; public ushort D; public int E; public uint F; public long G; public ulong H; public float I; public double J;
        public Half K; public Guid L; public TimeSpan M; public Index P; public Range Q; public Complex S;
        public Vector2 T; public Vector3 U; public Vector4 V; public Quaternion W; public Plane X; public Matrix3x2 Y; public Matrix4x4 Z; public Level Level;
        public readonly int Twice => E * 2;
        """);

    [Fact, Rejects("IPC3013")]
    public Task References_are_rejected() => Fields("""
        public string {|IPC3013:A|}; public int[] {|IPC3013:B|}; public object {|IPC3013:C|}; public Action {|IPC3013:D|}; public dynamic {|IPC3013:E|};
        public CancellationToken {|IPC3013:F|}; public Memory<byte> {|IPC3013:G|}; public KeyValuePair<int, string> {|IPC3013:H|};
        public event Action {|IPC3013:Changed|};
        """);

    [Fact]
    public Task References_on_the_stack_are_rejected() => Verify.ReportsAsync(
        "[SharedLayout] public ref partial struct {|IPC3013:Sample|} { public Span<int> {|IPC3013:A|}; public ref int {|IPC3013:B|}; }");

    [Fact, Rejects("IPC3014")]
    public Task Addresses_are_rejected() => Fields("""
        public nint {|IPC3014:A|}; public UIntPtr {|IPC3014:B|}; public int* {|IPC3014:C|}; public void* {|IPC3014:D|}; public delegate*<void> {|IPC3014:E|};
        public CLong {|IPC3014:F|}; public NFloat {|IPC3014:G|};
        """);

    [Fact, Rejects("IPC3015")]
    public Task What_belongs_to_one_process_is_rejected() => Fields("""
        public SpinLock {|IPC3015:A|}; public GCHandle {|IPC3015:B|}; public SpinWait {|IPC3015:C|}; public HashCode {|IPC3015:D|};
        """);

    [Fact, Rejects("IPC3016"), Rejects("IPC3017"), Rejects("IPC3018"), Rejects("IPC3019"), Rejects("IPC3020")]
    public Task Structs_of_the_framework_without_a_fixed_layout_are_rejected() => Fields("""
        public DateTime {|IPC3016:A|}; public DateTimeOffset {|IPC3016:B|}; public (int, byte) {|IPC3017:C|}; public ValueTuple<int> {|IPC3017:D|}; public int? {|IPC3018:E|};
        public Vector<float> {|IPC3019:F|}; public System.Runtime.Intrinsics.Vector128<byte> {|IPC3019:G|}; public System.Drawing.Point {|IPC3020:H|}; public KeyValuePair<int, int> {|IPC3020:I|};
        """);

    [Fact, Rejects("IPC3021"), Rejects("IPC3022")]
    public Task Explicit_offsets_that_overlap_or_are_not_aligned_are_rejected() => Verify.ReportsAsync(Usings + """
        [SharedLayout, StructLayout(LayoutKind.Explicit)] public partial struct {|IPC3021:Union|} { [FieldOffset(0)] public long A; [FieldOffset(4)] public int B; }
        [SharedLayout, StructLayout(LayoutKind.Explicit)] public partial struct Odd { [FieldOffset(0)] public byte A; [FieldOffset(2)] public int {|IPC3022:B|}; }
        """);

    [Fact, Accepts("IPC3021"), Accepts("IPC3022"), Accepts("IPC3024")]
    public Task Explicit_offsets_and_packing_that_leave_every_field_whole_are_accepted() => Verify.AcceptsAsync(Usings + """
        [SharedLayout, StructLayout(LayoutKind.Explicit)] public partial struct Apart { [FieldOffset(64)] public long A; [FieldOffset(0)] public int B; [FieldOffset(4)] public int C; }
        [SharedLayout, StructLayout(LayoutKind.Sequential, Pack = 4)] public partial struct Packed { public long A; public int B; public short C; private short _padding; }
        """);

    [Fact, Rejects("IPC3023")]
    public Task Auto_properties_are_advised_against() => Fields("""
        public int {|IPC3023:A|} { get; set; } public int {|IPC3023:B|} { get; } public int {|IPC3023:C|} { readonly get => field; set => field = Math.Abs(value); }
        """);

    [Fact, Rejects("IPC3024")]
    public Task Packing_that_breaks_fields_apart_is_advised_against() => Verify.ReportsAsync(Usings + """
        [SharedLayout, StructLayout(LayoutKind.Sequential, Pack = 1)] public partial struct Sample { public byte A; public long {|IPC3024:B|}; public byte C; }
        """);

    [Fact, Rejects("IPC3025")]
    public Task An_enum_without_a_base_is_advised_against() => Fields("public Color {|IPC3025:A|}; public DayOfWeek B;");

    [Fact, Rejects("IPC3026"), Rejects("IPC3027"), Rejects("IPC3028"), Rejects("IPC3029")]
    public Task Types_that_others_read_differently_are_advised_against() => Fields("""
        public bool {|IPC3026:A|}; public char {|IPC3027:B|}; public decimal {|IPC3028:C|}; public Int128 {|IPC3029:D|}; public UInt128 {|IPC3029:E|};
        public fixed bool {|IPC3026:F|}[4]; public fixed char {|IPC3027:G|}[4];
        """);

    private const string Usings = "using System.Numerics;\nusing System.Runtime.InteropServices;\nusing System.Text;\n";

    private static Task<ImmutableArray<Diagnostic>> Fields(string marked) => Verify.ReportsAsync(
        $$"""
        #nullable disable
        #pragma warning disable IPC3034 // What a field is matters here, not where it lies.
        {{Usings}}
        public enum Level : byte { Low, High }
        public enum Color { Red, Green }
        [SharedLayout] public unsafe partial struct Sample { {{marked}} }
        """);
}
