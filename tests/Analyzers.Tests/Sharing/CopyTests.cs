namespace Contracts.Ipc.Analyzers.Tests.Sharing;

/// <summary>Copies of shared values: IPC4101 to IPC4104, IPC4122 to IPC4124.</summary>
public sealed class CopyTests
{
    [Fact, Rejects("IPC4101")]
    public async Task A_change_of_a_copy_that_nobody_looks_at_again_is_reported_once()
    {
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); var value = guard.Value; {|IPC4101:value.X|} = 1; value.Count++;");
        await SharedSource.ReportsAsync("Position read = segment.Read(); if (read.X > 1) {|IPC4101:read.X|} += 1;");
        await SharedSource.ReportsAsync("if (segment.TryRead(out Position tried)) {|IPC4101:tried.Y|} = 1;");
        await SharedSource.ReportsAsync("while (distance > 0) { var inner = segment.Read(out _); {|IPC4101:inner.Count|}--; distance = inner.X is 0 ? 1 : 0; }".Replace("inner.X is 0", "name is null"));
    }

    [Fact, Accepts("IPC4101")]
    public async Task Copies_to_work_with_are_accepted()
    {
        await SharedSource.ReportsAsync("var value = segment.Read(); value.X += 1; Use(value);");
        await SharedSource.ReportsAsync("var value = segment.Read(); value.X += 1; Console.WriteLine(value.X);");
        await SharedSource.ReportsAsync("var value = segment.Read(); value.Move(1);");
        await SharedSource.ReportsAsync("var value = segment.Read(); Action later = () => value.X = 1; later();");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); ref var value = ref guard.Value; value.X = 1;");
        await SharedSource.ReportsAsync("var value = segment.Read(); while (value.X < 10) { value.X += 1; }");
        await SharedSource.ReportsAsync("var made = new Position(); made.X = 1;");
        await SharedSource.ReportsAsync("var item = queue.Dequeue(time); item.X = 1;");
    }

    [Fact, Rejects("IPC4102")]
    public async Task Reading_and_writing_back_without_the_lock_is_reported()
    {
        await SharedSource.ReportsAsync("var value = segment.Read(); value.X += 1; segment.{|IPC4102:Write|}(value);");
        await SharedSource.ReportsAsync("if (segment.TryRead(out var value)) { value.Move(1); segment.{|IPC4102:Write|}(value); }");
        await SharedSource.ReportsAsync("var value = segment.Read(); segment.{|IPC4102:Write|}(value with { X = 1 });");
        await SharedSource.ReportsAsync("segment.{|IPC4102:Write|}(segment.Read() with { X = 1 });");
        await SharedSource.ReportsAsync("lock (name) { var value = segment.Read(); value.X += 1; segment.{|IPC4102:Write|}(value); }");
    }

    [Fact, Accepts("IPC4102")]
    public async Task Writing_what_was_not_changed_or_under_another_lock_is_accepted()
    {
        await SharedSource.ReportsAsync("using var guard = mutex.Lock(time); var value = segment.Read(); value.X += 1; segment.Write(value);");
        await SharedSource.ReportsAsync("semaphore.Wait(default(CancellationToken)); var value = segment.Read(); value.X += 1; segment.Write(value); semaphore.Release();");
        await SharedSource.ReportsAsync("var value = segment.Read(); using var other = SharedSegment<Position>.Open(\"other\"); value.X = 1; other.Write(value);");
        await SharedSource.ReportsAsync("var value = segment.Read(); segment.Write(new Position { X = value.X });");
        await SharedSource.ReportsAsync("segment.Update(static (ref Position value) => value.X += 1);");
    }

    [Fact, Rejects("IPC4103")]
    public async Task An_atomic_operation_on_a_copy_is_reported()
    {
        await SharedSource.ReportsAsync("var value = segment.Read(); Interlocked.Increment(ref {|IPC4103:value.Count|});");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); var value = guard.Value; Volatile.Write(ref {|IPC4103:value.Ready|}, 1);");
    }

    [Fact, Accepts("IPC4103")]
    public async Task An_atomic_operation_on_memory_of_several_threads_is_accepted()
    {
        await SharedSource.ReportsAsync("Interlocked.Increment(ref shared.Count); Volatile.Write(ref shared.Ready, 1);");
        await SharedSource.ReportsAsync("var value = segment.Read(); Task.Run(() => Interlocked.Increment(ref value.Count)).Wait(); Console.WriteLine(value.Count);");
    }

    [Fact, Rejects("IPC4104")]
    public async Task An_atomic_operation_under_the_lock_is_reported()
    {
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); {|IPC4104:Interlocked.Increment(ref guard.Value.Count)|};");
        await SharedSource.ReportsAsync("segment.Update(static (ref Position value) => {|IPC4104:Interlocked.Add(ref value.Count, 2)|});");
        await SharedSource.ReportsAsync("using var guard = segment.Lock(); if ({|IPC4104:Volatile.Read(ref guard.Value.Ready)|} == 1) { }");
    }

    [Fact, Accepts("IPC4104")]
    public Task A_plain_operation_under_the_lock_is_accepted()
        => SharedSource.ReportsAsync("using var guard = segment.Lock(); guard.Value.Count++; segment.Name.ToString(); Interlocked.Increment(ref shared.Count);");

    [Fact, Rejects("IPC4122")]
    public async Task Members_that_are_read_one_by_one_are_reported()
    {
        await SharedSource.ReportsAsync("Use(segment.Read().X + segment.{|IPC4122:Read|}().Y);");
        await SharedSource.ReportsAsync("double x = segment.Read().X; double y = segment.{|IPC4122:Read|}().Y; Use(x + y);");
    }

    [Fact, Accepts("IPC4122")]
    public async Task Members_that_are_looked_at_in_turn_are_accepted()
    {
        await SharedSource.ReportsAsync("Use(segment.Read().X); Use(segment.Read().Y);");
        await SharedSource.ReportsAsync("double before = segment.Read().X; Thread.Sleep(1); double after = segment.Read().X; Use(before + after);");
        await SharedSource.ReportsAsync("double one = segment.Read().X; double two = segment.Read().X; Use(one == two);");
        await SharedSource.ReportsAsync("var value = segment.Read(); Use(value.X + value.Y);");
    }

    [Fact, Rejects("IPC4123")]
    public Task Updates_in_a_row_are_reported()
        => SharedSource.ReportsAsync("segment.Update(static (ref Position value) => value.X = 1); segment.{|IPC4123:Update|}(static (ref Position value) => value.Y = 1);");

    [Fact, Accepts("IPC4123")]
    public Task Updates_with_something_between_are_accepted()
        => SharedSource.ReportsAsync("segment.Update(static (ref Position value) => value.X = 1); signal.Set(); segment.Update(static (ref Position value) => value.Y = 1);");

    [Fact, Rejects("IPC4124")]
    public Task A_delegate_that_captures_one_variable_is_reported()
        => SharedSource.ReportsAsync("segment.{|IPC4124:Update|}((ref Position value) => value.X += distance);");

    [Fact, Accepts("IPC4124")]
    public async Task Delegates_without_closure_or_with_a_larger_one_are_accepted()
    {
        await SharedSource.ReportsAsync("segment.Update(distance, static (ref Position value, double distance) => value.X += distance);");
        await SharedSource.ReportsAsync("segment.Update((ref Position value) => value.X += 1);");
        await SharedSource.ReportsAsync("segment.Update((ref Position value) => value.X += distance + name.Length);");
        await SharedSource.ReportsAsync("double before = 0; segment.Update((ref Position value) => before = value.X); Use(before);");
    }
}
