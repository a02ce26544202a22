namespace Contracts.Ipc.Analyzers.Tests.Layouts;

/// <summary>IPC3048, and what [ForeignLayout] lets pass IPC3020.</summary>
public sealed class ForeignLayoutTests
{
    [Fact, Accepts("IPC3048"), Accepts("IPC3020")]
    public Task A_struct_of_another_assembly_is_accepted_if_somebody_vouches_for_it() => Verify.AcceptsAsync("""
        using System.Drawing;
        [assembly: ForeignLayout(typeof(Point), 8, 4)]
        [assembly: ForeignLayoutAttribute(typeof(KeyValuePair<int, long>), size: 16, alignment: 8)]
        [SharedLayout] public partial struct Sample { public Point Position; public KeyValuePair<int, long> Pair; }
        """);

    [Fact]
    public Task Another_instance_of_a_generic_struct_is_another_struct() => Verify.ReportsAsync("""
        [assembly: ForeignLayout(typeof(KeyValuePair<int, long>), 16, 8)]
        [SharedLayout] public partial struct Sample { public KeyValuePair<int, int> {|IPC3020:Pair|}; }
        """);

    [Fact, Rejects("IPC3048")]
    public async Task An_attribute_that_changes_nothing_is_explained()
    {
        var reported = await Verify.ReportsAsync("""
            using System.Drawing;
            [assembly: {|IPC3048:ForeignLayout(typeof(KeyValuePair<,>), 8, 4)|}]
            [assembly: {|IPC3048:ForeignLayout(typeof(Own), 4, 4)|}]
            [assembly: {|IPC3048:ForeignLayout(typeof(DateTime), 8, 8)|}]
            [assembly: {|IPC3048:ForeignLayout(typeof(KeyValuePair<string, int>), 16, 8)|}]
            [assembly: {|IPC3048:ForeignLayout(typeof(Guid), 16, 4)|}]
            [assembly: {|IPC3048:ForeignLayout(typeof(DayOfWeek), 4, 4)|}]
            [assembly: {|IPC3048:ForeignLayout(typeof(Size), 9, 4)|}, ForeignLayout(typeof(Point), 8, 4), {|IPC3048:ForeignLayout(typeof(Point), 8, 8)|}]
            public struct Own { public int A; }
            """);
        Assert.Equal(
            [
                "without its type arguments it has no size", "it is declared in this project, where its layout is computed", "its layout is left to the runtime, or its value belongs to one process", "it holds references",
                "its layout is known", "it is an enum, and its layout is known", "no struct has 9 bytes and the alignment 4", "another attribute before it speaks for the same type",
            ],
            reported.Select(diagnostic => diagnostic.GetMessage().Split(": ")[1].Split(". ")[0]));
    }
}
