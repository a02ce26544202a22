using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Tests.Layouts;

/// <summary>IPC3034 to IPC3043, IPC3046, IPC3047 and IPC3049: what is dangerous about structs that can be shared.</summary>
public sealed class SharedAdviceTests
{
    [Fact, Rejects("IPC3034")]
    public async Task Padding_between_and_behind_fields_is_told_once_for_each_struct()
    {
        var reported = await Reported("""
            [SharedLayout] public partial struct {|IPC3034:Between|} { public byte A; public long B; public byte C; public int D; }
            [SharedLayout] public partial struct {|IPC3034:Behind|} { public long A; public int B; }
            [StructLayout(LayoutKind.Sequential)] public struct Inner { public short A; public int B; }
            [SharedLayout] public partial struct Outer { public Inner {|IPC3034:Inner|}; }
            """);
        Assert.Equal(
            ["'Between' has 10 bytes of padding that nobody declared, the first before 'B', at offset 1", "'Behind' has 4 bytes of padding that nobody declared, the first at the end, at offset 12", "'Outer.Inner' has 2 bytes of padding that nobody declared, the first before 'B', at offset 2"],
            reported.Select(diagnostic => diagnostic.GetMessage().Split(':')[0]));
    }

    [Fact, Accepts("IPC3034")]
    public Task Gaps_that_somebody_asked_for_and_structs_without_any_are_accepted() => Accepted("""
        [SharedLayout] public partial struct None { public byte A, B; public short C; public int D; public long E; }
        [SharedLayout, StructLayout(LayoutKind.Sequential, Pack = 2)] public partial struct Packed { public short A; public byte B, C; public short D; }
        [SharedLayout, StructLayout(LayoutKind.Explicit)] public partial struct Offsets { [FieldOffset(0)] public byte A; [FieldOffset(64)] public long B; }
        [SharedLayout, StructLayout(LayoutKind.Sequential, Size = 64)] public partial struct Sized { public long A; public int B; }
        [SharedLayout] public partial record struct Record(byte Kind, long Number);
        [StructLayout(LayoutKind.Sequential)] public struct Pair<T, U> where T : unmanaged where U : unmanaged { public T First; public U Second; }
        [SharedLayout] public partial struct Generic { public Pair<byte, long> Pair; }
        """);

    [Fact, Rejects("IPC3035"), Accepts("IPC3035")]
    public Task Pack_above_every_alignment_is_told() => Reported("""
        [SharedLayout, StructLayout(LayoutKind.Sequential, Pack = 64)] public partial struct {|IPC3035:Hoping|} { public long A; public long B; }
        [SharedLayout, StructLayout(LayoutKind.Sequential, Pack = 8)] public partial struct Exact { public long A; public long B; }
        """);

    [Fact, Rejects("IPC3036"), Accepts("IPC3036")]
    public Task A_struct_that_is_too_large_to_be_copied_lightly_is_told() => Reported("""
        [InlineArray(64 * 1024)] public struct Large { private byte _element; }
        [SharedLayout] public partial struct Fits { public Large Bytes; }
        [SharedLayout] public partial struct {|IPC3036:Exceeds|} { public Large Bytes; public byte One; }
        """);

    [Fact, Rejects("IPC3037"), Accepts("IPC3037")]
    public Task Static_data_that_changes_is_told() => Reported("""
        [SharedLayout] public partial struct Sample
        {
            public static long {|IPC3037:Count|};
            public static int {|IPC3037:Property|} { get; set; }
            public static readonly long Limit = 5;
            public static int Fixed { get; } = 3;
            public const int Version = 2;
            private static string? s_name;
            [ThreadStatic] private static int t_depth;
            public int A;
            public static string? Name => s_name + t_depth;
        }
        [StructLayout(LayoutKind.Sequential)] public struct Inner { public static int Count; public int A; }
        [SharedLayout] public partial struct Outer { public Inner Inner; }
        """);

    [Fact, Rejects("IPC3038"), Accepts("IPC3038")]
    public Task Readonly_among_fields_that_change_is_told() => Reported("""
        [SharedLayout] public partial struct Mixed { public readonly int {|IPC3038:A|}; public int B; }
        [SharedLayout] public readonly partial struct Whole { public readonly int A; public readonly int B; }
        [SharedLayout] public partial struct All { public readonly int A, B; }
        [SharedLayout] public readonly partial record struct Record(int A, int B);
        """);

    [Fact, Rejects("IPC3039"), Accepts("IPC3039")]
    public Task Names_of_what_belongs_to_one_process_are_told() => Reported("""
        [SharedLayout] public partial struct Sample
        {
            public int {|IPC3039:SocketFd|}, {|IPC3039:fd|}, {|IPC3039:_windowHandle|}, {|IPC3039:KeyHashCode|}, {|IPC3039:ManagedThreadId|};
            public int Rfd, Handled, Hash, Descriptor;
            public byte ByteFd; public byte A; public short B;
        }
        """);

    [Fact, Rejects("IPC3040"), Accepts("IPC3040")]
    public Task A_process_id_by_itself_is_told() => Reported("""
        [SharedLayout] public partial struct Alone { public int {|IPC3040:OwnerPid|}; public int {|IPC3040:processId|}; }
        [SharedLayout] public partial struct Together { public long OwnerPid; public long OwnerStartTicks; }
        [SharedLayout] public partial struct Other { public int Rapid; public int ProcessIdle; }
        """);

    [Fact, Rejects("IPC3041"), Accepts("IPC3041")]
    public Task Names_of_secrets_are_told() => Reported("""
        [SharedLayout] public unsafe partial struct Sample
        {
            public fixed byte {|IPC3041:UserPassword|}[32]; public long {|IPC3041:accessToken|}; public long {|IPC3041:_clientSecret|};
            public long PasswordLength, AccessTokenExpiry, Token, Secretary, ApiKeyId;
        }
        """);

    [Fact, Rejects("IPC3042"), Accepts("IPC3042")]
    public Task An_enum_without_a_name_for_zero_is_told() => Reported("""
        public enum Level : byte { Low = 1, High }
        public enum Signed : sbyte { Lowest = -1, Zero }
        [Flags] public enum Marks : byte { First = 1, Second = 2 }
        [SharedLayout] public partial struct Sample { public Level {|IPC3042:Level|}; public Signed Signed; public Marks Marks; public byte A; public DayOfWeek Day; }
        """);

    [Fact, Rejects("IPC3043"), Accepts("IPC3043")]
    public Task A_length_of_another_assembly_is_told() => Reported("""
        public static class Lengths { public const int Text = 16; }
        [InlineArray(System.Buffers.StandardFormat.MaxPrecision + 1)] public struct Numbers { private byte _element; }
        [SharedLayout] public unsafe partial struct Sample
        {
            public fixed byte {|IPC3043:Foreign|}[System.Buffers.StandardFormat.MaxPrecision];
            public Numbers {|IPC3043:Numbers|};
            public fixed byte Own[Lengths.Text * 2], Literal[8], Largest[byte.MaxValue];
        }
        """);

    [Fact, Rejects("IPC3046")]
    public Task A_volatile_field_that_Pack_moves_off_its_alignment_is_rejected() => Reported("""
        [SharedLayout, StructLayout(LayoutKind.Sequential, Pack = 1)] public partial struct Sample { public byte A; public volatile int {|IPC3046:B|}; }
        """);

    [Fact, Rejects("IPC3047"), Accepts("IPC3047")]
    public Task A_struct_inside_that_does_not_say_that_its_layout_matters_is_told_once() => Reported("""
        public struct Silent { public int A; }
        [StructLayout(LayoutKind.Sequential)] public struct Saying { public int A; }
        [SharedLayout] public partial struct Shared { public int A; }
        [InlineArray(4)] public struct Four { private int _element; }
        public struct Pair<T> where T : unmanaged { public T A, B; }
        [SharedLayout] public partial struct Sample { public Silent {|IPC3047:First|}, Second; public Saying Third; public Shared Fourth; public Four Fifth; public Pair<int> {|IPC3047:Sixth|}; public Pair<uint> Seventh; }
        """);

    [Fact, Rejects("IPC3049"), Accepts("IPC3049")]
    public Task Types_that_check_their_values_are_told() => Reported("""
        [SharedLayout] public partial struct Sample { public DateOnly {|IPC3049:A|}; public System.Text.Rune {|IPC3049:B|}; public TimeOnly {|IPC3049:C|}; public TimeSpan D; public Guid E; }
        """);

    private const string Usings = "using System.Runtime.CompilerServices;\nusing System.Runtime.InteropServices;\n";

    private static Task Accepted(string source) => Verify.AcceptsAsync(Usings + source);

    private static Task<ImmutableArray<Diagnostic>> Reported(string source) => Verify.ReportsAsync(Usings + source);
}
