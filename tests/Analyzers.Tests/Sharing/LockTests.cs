namespace Contracts.Ipc.Analyzers.Tests.Sharing;

/// <summary>Guards and locks: IPC4105 to IPC4109.</summary>
public sealed class LockTests
{
    [Fact, Rejects("IPC4105")]
    public async Task A_lock_that_nobody_can_give_back_is_reported()
    {
        await SharedSource.ReportsAsync("mutex.{|IPC4105:Lock|}(time);");
        await SharedSource.ReportsAsync("_ = files.{|IPC4105:LockRead|}(time);");
        await SharedSource.ReportsAsync("var guard = segment.{|IPC4105:Lock|}(); guard.Value.X = 1; if (guard.WasAbandoned) guard.Discard();");
        await SharedSource.ReportsAsync("segment.{|IPC4105:Lock|}().Value.X = 1;");
        await SharedSource.ReportsAsync("if (mutex.{|IPC4105:TryLock|}(out var guard)) Console.WriteLine(guard.WasAbandoned);");
        await SharedSource.ReportsAsync("if (!files.{|IPC4105:TryLockWrite|}(time, out _)) return;");
    }

    [Fact, Accepts("IPC4105")]
    public async Task Locks_that_are_given_back_are_accepted()
    {
        await SharedSource.ReportsAsync("using var guard = mutex.Lock(time);");
        await SharedSource.ReportsAsync("using (files.LockWrite(time)) { }");
        await SharedSource.ReportsAsync("using (var guard = segment.Lock()) guard.Value.X = 1;");
        await SharedSource.ReportsAsync("mutex.Lock(time).Dispose();");
        await SharedSource.ReportsAsync("var guard = mutex.Lock(time); try { Use(1); } finally { guard.Dispose(); }");
        await SharedSource.ReportsAsync("if (mutex.TryLock(out var guard)) { using (guard) { } }");
        await SharedSource.ReportsAsync("return mutex.Lock(time);", "SharedMutexGuard Take");
        await SharedSource.ReportsAsync("Use(mutex.TryLock(out _));");
        await SharedSource.ReportsAsync("Action fails = () => mutex.Lock(time); fails();");
    }

    [Fact, Rejects("IPC4106")]
    public async Task A_lock_that_this_thread_holds_is_reported()
    {
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); guard.Value.X = 1; segment.{|IPC4106:Write|}(default);");
        await SharedSource.ReportsAsync("using (mutex.Lock(time)) { if (mutex.{|IPC4106:TryLock|}(out var again)) again.Dispose(); }");
        await SharedSource.ReportsAsync("if (segment.TryLock(out var guard)) { using (guard) { segment.{|IPC4106:Update|}(static (ref Position value) => value.X = 1); } }");
        await SharedSource.ReportsAsync("segment.Update((ref Position value) => segment.{|IPC4106:Write|}(value));".Replace("segment.Update(", "segment.{|IPC4124:Update|}("));
        await SharedSource.ReportsAsync("using var read = files.LockRead(time); using var write = files.{|IPC4106:LockWrite|}(time);");
    }

    [Fact, Accepts("IPC4106")]
    public async Task Locks_of_other_objects_or_other_times_are_accepted()
    {
        await SharedSource.ReportsAsync("using (segment.Lock()) { } segment.Write(default);");
        await SharedSource.ReportsAsync("using var guard = mutex.Lock(time); segment.Write(default); using var read = files.LockRead(time);");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); Use(segment.Read());");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); Task later = new(() => segment.Write(default));");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); guard.Dispose(); segment.Write(default);");
    }

    [Fact, Rejects("IPC4107")]
    public async Task Waiting_under_the_lock_of_a_segment_is_reported()
    {
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); Thread.{|IPC4107:Sleep|}(1);");
        await SharedSource.ReportsAsync("using (segment.Lock()) { signal.{|IPC4107:Wait|}(default(CancellationToken)); Use(queue.{|IPC4107:Dequeue|}(time)); }");
        await SharedSource.ReportsAsync("segment.Update(static (ref Position value) => Console.{|IPC4107:ReadLine|}());");
    }

    [Fact, Accepts("IPC4107")]
    public async Task Waiting_before_and_after_is_accepted()
    {
        await SharedSource.ReportsAsync("Thread.Sleep(1); using (segment.Lock()) { queue.TryEnqueue(default).ToString(); } Thread.Sleep(1);");

        // What a mutex protects may take its time.
        await SharedSource.ReportsAsync("using var guard = mutex.Lock(time); Thread.Sleep(1);");
    }

    [Fact, Rejects("IPC4108")]
    public async Task What_is_left_of_a_guard_that_was_disposed_is_reported()
    {
        await SharedSource.ReportsAsync("var guard = segment.Lock(); ref var value = ref guard.Value; guard.Dispose(); {|IPC4108:value|}.X = 1;");
        await SharedSource.ReportsAsync("ref readonly var value = ref constant; using (var guard = segment.Lock()) { value = ref guard.Published; } Use({|IPC4108:value|}.X);");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); return ref {|IPC4108:guard.Value|}.X;", "ref double Run");
        await SharedSource.ReportsAsync("var guard = segment.Lock(); guard.Dispose(); {|IPC4108:guard.Value|}.X = 1;");
    }

    [Fact, Accepts("IPC4108")]
    public async Task References_are_accepted_as_long_as_the_guard_is_held()
    {
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); ref var value = ref guard.Value; value.X = 1; value.Y = 2;");
        await SharedSource.ReportsAsync("var guard = segment.Lock(); var copy = guard.Value; guard.Dispose(); Use(copy.X);");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); return guard.Value.X;", "double Run");
        await SharedSource.ReportsAsync("var guard = segment.Lock(); if (name is null) { guard.Dispose(); return; } guard.Value.X = 1; guard.Dispose();");
    }

    [Fact, Rejects("IPC4109")]
    public async Task A_lock_statement_on_a_shared_object_is_reported()
    {
        await SharedSource.ReportsAsync("lock ({|IPC4109:mutex|}) { }");
        await SharedSource.ReportsAsync("lock ({|IPC4109:queue|}) { }");
        await SharedSource.ReportsAsync("Monitor.Enter({|IPC4109:segment|}); Monitor.Exit(segment);");
    }

    [Fact, Accepts("IPC4109")]
    public Task A_lock_statement_on_something_else_is_accepted() => SharedSource.ReportsAsync("lock (name) { } using (mutex.Lock(time)) { }");
}
