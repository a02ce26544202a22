namespace Contracts.Ipc.Analyzers.Tests.Sharing;

/// <summary>What goes into shared structs and comes out of them, and named objects of .NET: IPC4110, IPC4125 to IPC4132.</summary>
public sealed class DataTests
{
    [Fact, Rejects("IPC4125")]
    public async Task Marshalling_of_a_shared_struct_is_reported()
    {
        await SharedSource.ReportsAsync("Use(System.Runtime.InteropServices.Marshal.{|IPC4125:SizeOf|}<Position>());");
        await SharedSource.ReportsAsync("Use(System.Runtime.InteropServices.Marshal.{|IPC4125:SizeOf|}(typeof(Position)));");
        await SharedSource.ReportsAsync("Use(System.Runtime.InteropServices.Marshal.{|IPC4125:SizeOf|}(shared));");
        await SharedSource.ReportsAsync("Use(System.Runtime.InteropServices.Marshal.{|IPC4125:OffsetOf|}<Position>(\"X\"));");
    }

    [Fact, Accepts("IPC4125")]
    public Task Sizes_in_memory_and_marshalling_of_other_structs_are_accepted()
        => SharedSource.ReportsAsync("Use(System.Runtime.CompilerServices.Unsafe.SizeOf<Position>() + sizeof(Position) + System.Runtime.InteropServices.Marshal.SizeOf<Guid>());");

    [Fact, Rejects("IPC4126")]
    public async Task Shared_structs_that_begin_as_they_are_are_reported()
    {
        await SharedSource.ReportsAsync("System.Runtime.CompilerServices.Unsafe.{|IPC4126:SkipInit|}(out Position value); Use(value);");
        await SharedSource.ReportsAsync("Use(GC.{|IPC4126:AllocateUninitializedArray|}<Position>(4));");
    }

    [Fact, Accepts("IPC4126")]
    public Task Other_memory_may_begin_as_it_is()
        => SharedSource.ReportsAsync("System.Runtime.CompilerServices.Unsafe.SkipInit(out Guid value); Use(value); Use(GC.AllocateUninitializedArray<byte>(4)); Position zero = default; Use(zero);");

    [Fact, Rejects("IPC4127")]
    public async Task Values_of_one_process_in_a_shared_struct_are_reported()
    {
        await SharedSource.ReportsAsync("segment.Write(new Position { Count = {|IPC4127:name.GetHashCode()|} });");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); guard.Value.Ready = {|IPC4127:Environment.CurrentManagedThreadId|};");
        await SharedSource.ReportsAsync("shared.Count = (long){|IPC4127:HashCode.Combine(name, distance)|};");
    }

    [Fact, Accepts("IPC4127")]
    public Task Values_that_mean_the_same_everywhere_are_accepted()
        => SharedSource.ReportsAsync("shared.Count = Environment.ProcessId; shared.Count = 5.GetHashCode(); var hash = name.GetHashCode(); Use(hash); shared.Count = System.Diagnostics.Stopwatch.GetTimestamp();");

    [Fact, Rejects("IPC4128")]
    public async Task Allocations_of_a_size_that_nobody_checked_are_reported()
    {
        await SharedSource.ReportsAsync("var value = segment.Read(); Use(new byte[{|IPC4128:value.Ready|}]);");
        await SharedSource.ReportsAsync("int length = segment.Read().Ready; Use(System.Buffers.ArrayPool<byte>.Shared.Rent({|IPC4128:length|}));");
    }

    [Fact, Accepts("IPC4128")]
    public async Task Allocations_of_a_size_that_was_checked_are_accepted()
    {
        await SharedSource.ReportsAsync("var value = segment.Read(); if (value.Ready > 100) return; Use(new byte[value.Ready]);");
        await SharedSource.ReportsAsync("int length = segment.Read().Ready; ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 100); Use(new byte[length]);");
        await SharedSource.ReportsAsync("var value = segment.Read(); Use(new byte[Math.Min(value.Ready, 100)]); Use(new byte[name.Length]);");
    }

    [Fact, Rejects("IPC4129")]
    public async Task Unchecked_accesses_that_nobody_bounded_are_reported()
    {
        await SharedSource.ReportsAsync("var value = segment.Read(); System.Runtime.CompilerServices.Unsafe.Add(ref shared, {|IPC4129:value.Ready|}).X = 1;");
        await SharedSource.ReportsAsync("byte* start = null; var bytes = new Span<byte>(start, {|IPC4129:shared.Ready|}); bytes.Clear();");
    }

    [Fact, Accepts("IPC4129")]
    public async Task Checked_accesses_are_accepted()
    {
        await SharedSource.ReportsAsync("var value = segment.Read(); System.Runtime.CompilerServices.Unsafe.Add(ref shared, value.Ready & 3).X = 1;");
        await SharedSource.ReportsAsync("var value = segment.Read(); if (value.Ready is < 0 or > 3) return; System.Runtime.CompilerServices.Unsafe.Add(ref shared, value.Ready).X = 1;");
        await SharedSource.ReportsAsync("var value = segment.Read(); Use(new byte[4].AsSpan()[value.Ready]);");
    }

    [Fact, Rejects("IPC4130")]
    public Task Members_that_change_nothing_without_saying_so_are_reported() => Verify.ReportsAsync(
        """
        [SharedLayout]
        public partial struct Point
        {
            public double X;
            public double Y;
            public double {|IPC4130:Sum|} => X + Y;
            public double {|IPC4130:Twice|}() { double sum = X; sum += X; return sum; }
            public double {|IPC4130:First|} { get { return X; } set { X = value; } }
        }
        """);

    [Fact, Accepts("IPC4130")]
    public Task Members_that_change_something_or_say_that_they_do_not_are_accepted() => Verify.ReportsAsync(
        """
        [SharedLayout]
        public partial struct Point
        {
            public double X;
            public double Y;
            public readonly double Sum => X + Y;
            public void Move() { X += 1; }
            public void MoveTwice() { Move(); Move(); }
            public double Next() => ++X;
            public void Swap() { (X, Y) = (Y, X); }
            public bool Exchange() => Interlocked.Exchange(ref X, 1) == 0;
            public void Reset() => this = default;
            public static double Zero() => 0;
        }
        public struct Other
        {
            public double X;
            public double Twice() => X * 2;
        }
        """);

    [Fact, Rejects("IPC4131")]
    public async Task Changes_through_a_reference_for_reading_are_reported()
    {
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); {|IPC4131:guard.Published.Move(1)|};");
        await SharedSource.ReportsAsync("{|IPC4131:constant.Move(1)|};");
        await SharedSource.ReportsAsync("ref readonly var value = ref constant; {|IPC4131:value.Move(1)|};");
    }

    [Fact, Accepts("IPC4131")]
    public Task Changes_in_place_and_readonly_members_are_accepted()
        => SharedSource.ReportsAsync("using var guard = segment.Lock(); guard.Value.Move(1); shared.Move(1); Use(guard.Published.IsWhole); Use(constant.IsWhole); Use(constant.ToString());");

    [Fact, Rejects("IPC4132")]
    public async Task Named_objects_of_Windows_are_reported()
    {
        await SharedSource.ReportsAsync("using var one = new {|IPC4132:EventWaitHandle|}(false, EventResetMode.AutoReset, \"one\");");
        await SharedSource.ReportsAsync("using var one = new {|IPC4132:Semaphore|}(1, 1, name);");
        await SharedSource.ReportsAsync("using var one = System.IO.MemoryMappedFiles.MemoryMappedFile.{|IPC4132:CreateNew|}(\"one\", 100);");
    }

    [Fact, Accepts("IPC4132")]
    public async Task Objects_without_name_and_code_for_Windows_are_accepted()
    {
        await SharedSource.ReportsAsync("using var one = new EventWaitHandle(false, EventResetMode.AutoReset); using var two = new Semaphore(1, 1, null); using var three = System.IO.MemoryMappedFiles.MemoryMappedFile.CreateNew(null, 100);");
        await SharedSource.ReportsAsync("if (OperatingSystem.IsWindows()) { using var one = new Semaphore(1, 1, \"one\"); }");
        await Verify.ReportsAsync("[System.Runtime.Versioning.SupportedOSPlatform(\"windows\")] public class Program { public void Run() { using var one = new Semaphore(1, 1, \"one\"); } }");
    }

    [Fact, Rejects("IPC4110")]
    public Task A_named_mutex_is_reported() => SharedSource.ReportsAsync("using var one = new {|IPC4110:Mutex|}(false, \"one\");");

    [Fact, Accepts("IPC4110")]
    public Task A_mutex_without_name_is_accepted() => SharedSource.ReportsAsync("using var one = new Mutex(); using var two = new Mutex(false); mutex.Lock(time).Dispose();");
}
