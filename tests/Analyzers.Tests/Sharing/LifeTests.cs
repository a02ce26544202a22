using System.Reflection;
using Contracts.Ipc.Analyzers.Sharing;

namespace Contracts.Ipc.Analyzers.Tests.Sharing;

/// <summary>Opening, naming, closing: IPC4111 to IPC4116.</summary>
public sealed class LifeTests
{
    [Fact, Rejects("IPC4111")]
    public async Task An_object_that_nobody_disposes_is_reported()
    {
        await SharedSource.ReportsAsync("var one = SharedSegment<Position>.{|IPC4111:Open|}(\"one\"); one.Write(default); Use(one.Version);");
        await SharedSource.ReportsAsync("SharedMutex.{|IPC4111:OpenOrCreate|}(\"one\");");
        await SharedSource.ReportsAsync("Use(SharedSegment<Position>.{|IPC4111:OpenReadOnly|}(\"one\").Read().X);");
    }

    [Fact, Accepts("IPC4111")]
    public async Task Objects_with_an_owner_are_accepted()
    {
        await SharedSource.ReportsAsync("using var one = SharedQueue<Position>.Open(\"one\");");
        await SharedSource.ReportsAsync("using (var one = SharedEvent.Open(\"one\")) { }");
        await SharedSource.ReportsAsync("var one = SharedEvent.Open(\"one\"); try { one.Set(); } finally { one.Dispose(); }");
        await SharedSource.ReportsAsync("var one = SharedEvent.Open(\"one\"); return one;", "SharedEvent Run");
        await SharedSource.ReportsAsync("var one = SharedEvent.Open(\"one\"); Use(one); var list = new List<SharedEvent> { SharedEvent.Open(\"two\") };");
        await SharedSource.ReportsAsync("var one = SharedEvent.Open(\"one\"); Action later = () => one.Set();");
        await SharedSource.ReportsAsync("SharedMutex.Create(\"one\").Dispose();");
    }

    [Fact, Rejects("IPC4112")]
    public Task An_object_that_is_used_after_its_end_is_reported()
        => SharedSource.ReportsAsync("segment.Write(default); var one = SharedEvent.Open(\"one\"); one.Dispose(); if (name is null) {|IPC4112:one|}.Set();");

    [Fact, Accepts("IPC4112")]
    public async Task What_a_disposed_object_still_knows_may_be_asked()
    {
        await SharedSource.ReportsAsync("var one = SharedEvent.Open(\"one\"); one.Dispose(); one.Dispose(); Use(one.Name);");
        await SharedSource.ReportsAsync("var one = SharedEvent.Open(\"one\"); one.Dispose(); one = SharedEvent.Open(\"one\"); one.Set(); one.Dispose();");
        await SharedSource.ReportsAsync("var one = SharedEvent.Open(\"one\"); if (name is null) { one.Dispose(); } else { one.Set(); one.Dispose(); }");
    }

    [Fact, Rejects("IPC4113")]
    public Task Writing_to_a_segment_that_was_opened_for_reading_is_reported()
        => SharedSource.ReportsAsync("using var one = SharedSegment<Position>.OpenReadOnly(\"one\"); Use(one.Read()); one.{|IPC4113:Write|}(default); using var guard = one.{|IPC4113:Lock|}();");

    [Fact, Accepts("IPC4113")]
    public Task Writing_to_a_segment_that_was_opened_for_writing_is_accepted()
        => SharedSource.ReportsAsync("using var one = SharedSegment<Position>.Open(\"one\"); one.Write(default); using var two = SharedSegment<Position>.OpenReadOnly(\"two\"); Use(two.Read());");

    [Fact, Rejects("IPC4114")]
    public async Task Constant_names_that_cannot_be_are_reported()
    {
        await SharedSource.ReportsAsync("using var one = SharedMutex.Open({|IPC4114:\"/one\"|});");
        await SharedSource.ReportsAsync("const string Name = \"one two\"; Use(SharedSegment<Position>.Exists({|IPC4114:Name|}));");
        await SharedSource.ReportsAsync("using var one = SharedQueue<Position>.Create({|IPC4114:\"\"|}, 4);");
    }

    [Fact, Accepts("IPC4114")]
    public Task Good_names_and_unknown_ones_are_accepted()
        => SharedSource.ReportsAsync("using var one = SharedMutex.Open(\"One.two_3-\"); using var two = SharedMutex.Open(name); using var three = SharedMutex.Open($\"/{name}\");");

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("Z9._-")]
    [InlineData("/robot")]
    [InlineData("-robot")]
    [InlineData(".robot")]
    [InlineData("_robot")]
    [InlineData("ro bot")]
    [InlineData("röbot")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void Names_are_judged_as_at_run_time(string name)
    {
        var objection = typeof(IpcEndpoint).Assembly.GetTypes().Single(type => type.Name == "EndpointName").GetMethod("Objection", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.CreateDelegate<Objection>();
        Assert.Equal(objection(name) is null, SharedName.Objection(name) is null);
        Assert.True(SharedName.Nearest(name) is not { } nearest || SharedName.Objection(nearest) is null);
    }

    private delegate object? Objection(ReadOnlySpan<char> name);

    [Fact, Rejects("IPC4115")]
    public async Task Permissions_that_are_refused_are_reported()
    {
        await SharedSource.ReportsAsync("Use(new SharedMemoryOptions { Permissions = {|IPC4115:UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite|} });");
        await SharedSource.ReportsAsync("var options = new SharedMemoryOptions(); options.Permissions = {|IPC4115:UnixFileMode.UserRead|}; Use(options);");
    }

    [Fact, Accepts("IPC4115")]
    public Task Permissions_to_read_are_accepted()
        => SharedSource.ReportsAsync("Use(new SharedMemoryOptions { Permissions = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead });");

    [Fact, Rejects("IPC4116")]
    public Task A_reader_that_removes_the_name_is_reported()
        => SharedSource.ReportsAsync("using var one = SharedSegment<Position>.OpenReadOnly(\"one\", new() { {|IPC4116:UnlinkOnDispose = true|} });");

    [Fact, Accepts("IPC4116")]
    public Task A_maker_that_removes_the_name_is_accepted()
        => SharedSource.ReportsAsync("using var one = SharedSegment<Position>.Create(\"one\", new() { UnlinkOnDispose = true }); using var two = SharedSegment<Position>.OpenReadOnly(\"two\", new() { UnlinkOnDispose = false });");
}
