namespace Contracts.Ipc.Analyzers.Tests.Layouts;

/// <summary>IPC3045 and IPC3046: where fields lie that are accessed atomically.</summary>
public sealed class AtomicFieldTests
{
    [Fact, Rejects("IPC3045")]
    public Task Two_fields_that_are_changed_atomically_on_one_cache_line_are_told() => Verify.ReportsAsync("""
        [SharedLayout] public partial struct Counters { public long Given, {|IPC3045:Taken|}, Lost; }
        public static class Uses
        {
            public static void Give(ref Counters counters) => Interlocked.Increment(ref counters.Given);
            public static void Take(ref Counters counters) => Interlocked.Add(ref counters.Taken, 2);
            public static void Lose(ref Counters counters) => Interlocked.CompareExchange(ref counters.Lost, 1, 0);
        }
        """);

    [Fact, Accepts("IPC3045")]
    public Task One_field_fields_apart_fields_that_are_read_and_structs_of_one_process_are_accepted() => Verify.AcceptsAsync("""
        using System.Runtime.InteropServices;
        [SharedLayout] public partial struct One { public long Given, Taken; }
        [SharedLayout, StructLayout(LayoutKind.Explicit)] public partial struct Apart { [FieldOffset(0)] public long Given; [FieldOffset(128)] public long Taken; }
        public struct Own { public long Given, Taken; }
        public static class Uses
        {
            public static void Give(ref One one) => Interlocked.Increment(ref one.Given);
            public static long Take(ref One one) => Interlocked.Read(ref one.Taken) + Volatile.Read(ref one.Taken);
            public static void Give(ref Apart apart) => Interlocked.Increment(ref apart.Given);
            public static void Take(ref Apart apart) => Interlocked.Increment(ref apart.Taken);
            public static void Give(ref Own own) => Interlocked.Increment(ref own.Given);
            public static void Take(ref Own own) => Interlocked.Increment(ref own.Taken);
        }
        """);

    [Fact, Rejects("IPC3046"), Accepts("IPC3046")]
    public Task Atomic_access_to_a_field_that_is_not_aligned_is_rejected() => Verify.ReportsAsync("""
        using System.Runtime.InteropServices;
        #pragma warning disable IPC3024
        [SharedLayout, StructLayout(LayoutKind.Sequential, Pack = 1)] public partial struct Packed { public int Kind; public long Count; public int Last; }
        public static class Uses
        {
            public static void Change(ref Packed packed) => Interlocked.Increment(ref {|IPC3046:packed.Count|});
            public static long Read(ref Packed packed) => Volatile.Read(ref {|IPC3046:packed.Count|}) + Volatile.Read(ref packed.Kind) + packed.Count;
        }
        """);
}
