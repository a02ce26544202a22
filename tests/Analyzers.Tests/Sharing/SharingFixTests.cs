namespace Contracts.Ipc.Analyzers.Tests.Sharing;

/// <summary>What the fixes for shared memory make of a statement. All of them are applied as "fix all" does it.</summary>
public sealed class SharingFixTests
{
    [Theory]
    [InlineData("IPC4101", "Make 'value' a reference to the guarded value",
        "using var guard = segment.Lock(); Position value = guard.Value; value.X = 1; value.Y = 2;",
        "using var guard = segment.Lock(); ref Position value = ref guard.Value; value.X = 1; value.Y = 2;")]
    [InlineData("IPC4103", "Make 'value' a reference to the guarded value",
        "using var guard = segment.Lock(); var value = guard.Value; Interlocked.Increment(ref value.Count); Interlocked.Increment(ref value.Ready);",
        "using var guard = segment.Lock(); ref var value = ref guard.Value; Interlocked.Increment(ref value.Count); Interlocked.Increment(ref value.Ready);")]
    [InlineData("IPC4104", "Write 'guard.Value.Count++'",
        "using var guard = segment.Lock(); Interlocked.Increment(ref guard.Value.Count); guard.Value.X = 1;",
        "using var guard = segment.Lock(); guard.Value.Count++; guard.Value.X = 1;")]
    [InlineData("IPC4105", "Declare 'guard' with 'using'",
        "mutex.Lock(time); Use(name);",
        "using var guard = mutex.Lock(time); Use(name);")]
    [InlineData("IPC4105", "Declare 'held' with 'using'",
        "SharedSegmentGuard<Position> held = segment.Lock(); held.Value.X = 1;",
        "using SharedSegmentGuard<Position> held = segment.Lock(); held.Value.X = 1;")]
    [InlineData("IPC4106", "Set 'guard.Value'",
        "using var guard = segment.Lock(); segment.Write(new Position { X = 1 });",
        "using var guard = segment.Lock(); guard.Value = new Position { X = 1 };")]
    [InlineData("IPC4109", "Use 'mutex.Lock(TimeSpan.FromSeconds(10))'",
        "lock (mutex) { Use(name); }",
        "using (mutex.Lock(TimeSpan.FromSeconds(10))) { Use(name); }")]
    [InlineData("IPC4111", "Declare 'one' with 'using'",
        "var one = SharedMutex.Open(\"one\"); Use(one.Name);",
        "using var one = SharedMutex.Open(\"one\"); Use(one.Name);")]
    [InlineData("IPC4113", "Open the segment for writing too",
        "using var one = SharedSegment<Position>.OpenReadOnly(\"one\"); one.Write(default); one.Write(default);",
        "using var one = SharedSegment<Position>.Open(\"one\"); one.Write(default); one.Write(default);")]
    [InlineData("IPC4114", "Call it \"rooms-first-floor\"",
        "using var one = SharedMutex.Open(\"/rooms/first floor\");",
        "using var one = SharedMutex.Open(\"rooms-first-floor\");")]
    [InlineData("IPC4115", "Let only the owner write",
        "Use(new SharedMemoryOptions { Permissions = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.GroupWrite });",
        "Use(new SharedMemoryOptions { Permissions = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead });")]
    [InlineData("IPC4116", "Do not remove the name",
        "using var one = SharedSegment<Position>.OpenReadOnly(\"one\", new SharedMemoryOptions { UnlinkOnDispose = true });",
        "using var one = SharedSegment<Position>.OpenReadOnly(\"one\");")]
    [InlineData("IPC4117", "Use 'Dequeue', which waits",
        "Position item; while (!queue.TryDequeue(out item)) Thread.Sleep(1);",
        "Position item; item = queue.Dequeue(Timeout.InfiniteTimeSpan);")]
    [InlineData("IPC4117", "Use 'Wait', which waits",
        "while (!signal.IsSet) { Thread.Sleep(1); }",
        "signal.Wait(Timeout.InfiniteTimeSpan);")]
    [InlineData("IPC4118", "Use 'Volatile.Read(ref shared.Ready)'",
        "while (shared.Ready == 0) { } Use(shared.X);",
        "while (Volatile.Read(ref shared.Ready) == 0) { } Use(shared.X);")]
    [InlineData("IPC4118", "Use 'Volatile.Read(in constant.Ready)'",
        "while (constant.Ready == 0) { }",
        "while (Volatile.Read(in constant.Ready) == 0) { }")]
    [InlineData("IPC4121", "Use 'Enqueue', which waits",
        "queue.TryEnqueue(shared); queue.TryEnqueue(default);",
        "queue.Enqueue(shared, Timeout.InfiniteTimeSpan); queue.Enqueue(default, Timeout.InfiniteTimeSpan);")]
    [InlineData("IPC4121", "Use 'Lock', which waits",
        "mutex.TryLock(out var guard); Use(guard.WasAbandoned);",
        "using var guard = mutex.Lock(Timeout.InfiniteTimeSpan); Use(guard.WasAbandoned);")]
    [InlineData("IPC4124", "Hand in 'distance' as state",
        "segment.Update((ref Position value) => value.X += distance);",
        "segment.Update(distance, static (ref Position value, double distance) => value.X += distance);")]
    [InlineData("IPC4126", "Begin with 'default'",
        "System.Runtime.CompilerServices.Unsafe.SkipInit(out Position value); Use(value);",
        "Position value = default; Use(value);")]
    [InlineData("IPC4126", "Begin with zeros",
        "Use(GC.AllocateUninitializedArray<Position>(4));",
        "Use(new Position[4]);")]
    public Task Statements_are_repaired(string id, string title, string before, string after)
        => SharedSource.FixAllAsync(id, title, "        " + before, "        " + after);

    [Fact]
    public Task Reading_and_writing_back_becomes_one_update() => SharedSource.FixAllAsync(
        "IPC4102",
        "Change the value in place by 'Update'",
        """
                // One more.
                Position value = segment.Read();
                value.Count++;
                segment.Write(value);
                Use(name);
        """,
        """
                // One more.
                segment.Update(static (ref Position value) => value.Count++);
                Use(name);
        """);

    [Fact]
    public Task Several_changes_become_one_update_that_captures_what_they_need() => SharedSource.FixAllAsync(
        "IPC4102",
        "Change the value in place by 'Update'",
        """
                var value = segment.Read();
                value.Count++;
                value.X += distance;
                segment.Write(value);
        """,
        """
                segment.Update((ref Position value) =>
                {
                    value.Count++;
                    value.X += distance;
                });
        """);

    [Fact]
    public Task A_guard_from_an_attempt_is_disposed_at_the_end_of_its_branch() => SharedSource.FixAllAsync(
        "IPC4105",
        "Dispose 'guard' at the end of the block",
        """
                if (mutex.TryLock(out SharedMutexGuard guard))
                {
                    Use(name);
                    Use(time);
                }
        """,
        """
                if (mutex.TryLock(out SharedMutexGuard guard))
                {
                    using (guard)
                    {
                        Use(name);
                        Use(time);
                    }
                }
        """);

    [Fact]
    public Task Members_come_from_one_copy() => SharedSource.FixAllAsync(
        "IPC4122",
        "Read the segment once",
        """
                // Both.
                double x = segment.Read().X;
                double y = segment.Read().Y;
                Use(x + y);
        """,
        """
                // Both.
                Position position = segment.Read();
                double x = position.X;
                double y = position.Y;
                Use(x + y);
        """);

    [Fact]
    public Task Two_updates_become_one() => SharedSource.FixAllAsync(
        "IPC4123",
        "Make both changes in one 'Update'",
        """
                segment.Update(static (ref Position value) => value.X = 1);
                segment.Update(static (ref Position value) => value.Y = 1);
        """,
        """
                segment.Update(static (ref Position value) =>
                {
                    value.X = 1;
                    value.Y = 1;
                });
        """);

    [Fact]
    public Task The_size_is_asked_of_Unsafe() => VerifyFix.AllAsync(
        "IPC4125",
        "Use 'Unsafe.SizeOf<Position>()'",
        """
        using System.Runtime.InteropServices;

        public static class Sizes
        {
            public static int One => Marshal.SizeOf<Position>();
            public static int Two => Marshal.SizeOf(typeof(Position));
        }
        """,
        """
        using System.Runtime.InteropServices;

        public static class Sizes
        {
            public static int One => System.Runtime.CompilerServices.Unsafe.SizeOf<Position>();
            public static int Two => System.Runtime.CompilerServices.Unsafe.SizeOf<Position>();
        }
        """,
        SharedSource.Structs);

    [Fact]
    public Task Members_say_that_they_change_nothing() => VerifyFix.AllAsync(
        "IPC4130",
        "Make 'Sum' readonly",
        """
        [SharedLayout]
        public partial struct Point
        {
            public double X;
            public double Y;

            /// <summary>Both.</summary>
            public double Sum => X + Y;

            public double Twice() => X + X;

            public double First { get => X; set => X = value; }
        }
        """,
        """
        [SharedLayout]
        public partial struct Point
        {
            public double X;
            public double Y;

            /// <summary>Both.</summary>
            public readonly double Sum => X + Y;

            public readonly double Twice() => X + X;

            public double First { readonly get => X; set => X = value; }
        }
        """);
}
