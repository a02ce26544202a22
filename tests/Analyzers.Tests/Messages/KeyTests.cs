namespace Contracts.Ipc.Analyzers.Tests.Messages;

/// <summary>IPC2004 to IPC2007: the keys of a message.</summary>
public sealed class KeyTests
{
    [Fact, Rejects("IPC2004")]
    public Task Two_members_with_one_key_are_rejected() => Rejected("""
        [IpcKey(0)] public int X { get; set; }
        [IpcKey(0)] public int {|IPC2004:Y|} { get; set; }
        """);

    [Fact, Accepts("IPC2004"), Accepts("IPC2005"), Accepts("IPC2006"), Accepts("IPC2007")]
    public Task Keys_in_any_order_are_accepted() => Accepted("""
        [IpcKey(1)] public int X { get; set; }
        [IpcKey(0)] public int Y { get; set; }
        [IpcIgnore] public int Sum => X + Y;
        private int _cache;
        """);

    [Fact, Accepts("IPC2005")]
    public Task String_keys_are_accepted() => Accepted("""
        [IpcKey("x")] public int X { get; set; }
        [IpcKey("Y coordinate")] public int Y { get; set; }
        """);

    [Fact, Rejects("IPC2005")]
    public Task Integer_and_string_keys_in_one_message_are_rejected() => Verify.ReportsAsync("""
        [IpcService] public partial interface IMap { void Mark(Point point); }
        [IpcMessage] public class {|IPC2005:Point|} { [IpcKey(0)] public int X { get; set; } [IpcKey("y")] public int Y { get; set; } }
        """);

    [Fact, Rejects("IPC2006")]
    public Task Negative_and_huge_keys_are_rejected() => Rejected("""
        [IpcKey(-1)] public int {|IPC2006:X|} { get; set; }
        [IpcKey(int.MaxValue)] public int {|IPC2006:Y|} { get; set; }
        """);

    [Fact, Rejects("IPC2007")]
    public Task A_public_member_without_a_key_is_rejected() => Rejected("""
        [IpcKey(0)] public int X { get; set; }
        public int {|IPC2007:Y|} { get; set; }
        """);

    [Fact, Accepts("IPC2007")]
    public Task A_data_contract_leaves_members_at_home_on_purpose() => Verify.AcceptsAsync("""
        using System.Runtime.Serialization;
        [IpcService] public partial interface IMap { void Mark(Point point); }
        [DataContract] public class Point { [DataMember(Order = 0)] public int X { get; set; } public object? Tag { get; set; } }
        """);

    [Fact, Rejects("IPC2006")]
    public Task An_empty_key_is_rejected() => Rejected("""
        [IpcKey("x")] public int X { get; set; }
        [IpcKey("")] public int {|IPC2006:Y|} { get; set; }
        """);

    private static async Task Rejected(string members) => await Verify.ReportsAsync(Message(members));

    private static async Task Accepted(string members) => await Verify.AcceptsAsync(Message(members));

    private static string Message(string members) => $$"""
        [IpcService] public partial interface IMap { void Mark(Point point); }

        [IpcMessage]
        public class Point
        {
            {{members}}
        }
        """;
}
