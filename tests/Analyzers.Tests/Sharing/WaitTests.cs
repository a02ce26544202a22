namespace Contracts.Ipc.Analyzers.Tests.Sharing;

/// <summary>Waiting for others: IPC4117 to IPC4121.</summary>
public sealed class WaitTests
{
    [Fact, Rejects("IPC4117")]
    public async Task Loops_that_ask_what_could_be_waited_for_are_reported()
    {
        await SharedSource.ReportsAsync("while (!queue.{|IPC4117:TryDequeue|}(out Position item)) Thread.Sleep(1);");
        await SharedSource.ReportsAsync("while (!{|IPC4117:signal.IsSet|}) { }");
        await SharedSource.ReportsAsync("while (segment.{|IPC4117:Read|}().X == 0) { Thread.Sleep(1); }");
        await SharedSource.ReportsAsync("long seen = 1; while ({|IPC4117:segment.Version|} == seen) Thread.Yield();");
        await SharedSource.ReportsAsync("while (!semaphore.{|IPC4117:TryWait|}()) await Task.Delay(1).ConfigureAwait(false);".Replace("await Task.Delay(1).ConfigureAwait(false)", "Task.Delay(1).Wait()"));
    }

    [Fact, Accepts("IPC4117")]
    public async Task Loops_that_work_or_spin_on_purpose_are_accepted()
    {
        await SharedSource.ReportsAsync("while (queue.TryDequeue(out Position item)) Use(item);");
        await SharedSource.ReportsAsync("var spin = new SpinWait(); while (!signal.IsSet) spin.SpinOnce();");
        await SharedSource.ReportsAsync("while (!queue.TryDequeue(out Position item, time)) { }");
        await SharedSource.ReportsAsync("while (!signal.Wait(time)) { }");
    }

    [Fact, Rejects("IPC4118")]
    public async Task Plain_reads_of_shared_memory_in_a_loop_are_reported()
    {
        await SharedSource.ReportsAsync("while ({|IPC4118:shared.Ready|} == 0) { }");
        await SharedSource.ReportsAsync("while ({|IPC4118:constant.Ready|} == 0) Thread.SpinWait(10);");
        await SharedSource.ReportsAsync("fixed (Position* pointer = &shared) while ({|IPC4118:pointer->Ready|} == 0) { }");
        await SharedSource.ReportsAsync("ref Position alias = ref shared; while ({|IPC4118:alias.Ready|} == 0) { }");
    }

    [Fact, Accepts("IPC4118")]
    public async Task Volatile_reads_and_loops_that_write_are_accepted()
    {
        await SharedSource.ReportsAsync("while (Volatile.Read(ref shared.Ready) == 0) { }");
        await SharedSource.ReportsAsync("while (shared.Ready == 0) { shared.Ready = 1; }");
    }

    [Fact, Rejects("IPC4119")]
    public async Task Loops_that_wait_for_their_own_copy_are_reported()
    {
        await SharedSource.ReportsAsync("var value = segment.Read(); while ({|IPC4119:value.X|} == 0) Thread.Sleep(1);");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); while ({|IPC4119:guard.Published.X|} == 0) { }");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); ref var value = ref guard.Value; while ({|IPC4119:value.Ready|} == 0) { }");
        await SharedSource.ReportsAsync("segment.Update(static (ref Position value) => { while ({|IPC4119:value.Ready|} == 0) { } });");
    }

    [Fact, Accepts("IPC4119")]
    public async Task Loops_that_read_again_are_accepted()
    {
        await SharedSource.ReportsAsync("var value = segment.Read(); while (value.X == 0) { value = segment.Read(); }");
        await SharedSource.ReportsAsync("var value = segment.Read(); Task.Run(() => value.X = 1); while (value.X == 0) { Thread.Sleep(1); }");
        await SharedSource.ReportsAsync("var value = segment.Read(); while (value.X < 10) { value.X++; }");
    }

    [Fact, Rejects("IPC4120")]
    public async Task Waiting_from_now_on_in_a_loop_is_reported()
    {
        await SharedSource.ReportsAsync("while (segment.WaitForChange({|IPC4120:segment.Version|}, time)) Use(segment.Read());");
        await SharedSource.ReportsAsync("for (; ; ) { segment.WaitForChangeAsync({|IPC4120:segment.Version|}).Wait(); Use(segment.Read()); }");
    }

    [Fact, Accepts("IPC4120")]
    public async Task Waiting_for_the_next_version_is_accepted()
    {
        await SharedSource.ReportsAsync("long seen = 0; while (segment.WaitForChange(seen, time)) Use(segment.Read(out seen));");
        await SharedSource.ReportsAsync("Use(segment.WaitForChange(segment.Version, time));");
    }

    [Fact, Rejects("IPC4121")]
    public async Task Attempts_that_nobody_looks_at_are_reported()
    {
        await SharedSource.ReportsAsync("queue.{|IPC4121:TryEnqueue|}(default); queue.{|IPC4121:TryDequeue|}(out var item); Use(item);");
        await SharedSource.ReportsAsync("mutex.{|IPC4121:TryLock|}(out var guard); guard.Dispose(); segment.{|IPC4121:TryRead|}(out var value); Use(value);");
        await SharedSource.ReportsAsync("semaphore.{|IPC4121:TryWait|}(); semaphore.{|IPC4121:Wait|}(time);");
    }

    [Fact, Accepts("IPC4121")]
    public async Task Attempts_that_are_looked_at_or_cannot_fail_are_accepted()
    {
        await SharedSource.ReportsAsync("if (!queue.TryEnqueue(default)) return; _ = queue.TryEnqueue(default); Use(queue.TryDequeue(out _));");
        await SharedSource.ReportsAsync("semaphore.Wait(Timeout.InfiniteTimeSpan); semaphore.Wait(default(CancellationToken));");
        await SharedSource.ReportsAsync("using var newest = SharedQueue<Position>.Create(\"newest\", 4, SharedQueueFullMode.DropOldest); newest.TryEnqueue(default);");
    }
}
