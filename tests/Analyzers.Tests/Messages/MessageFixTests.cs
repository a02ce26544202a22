namespace Contracts.Ipc.Analyzers.Tests.Messages;

public sealed class MessageFixTests
{
    private const string Contract = "[IpcService] public partial interface IMap { void Mark(Point point); }";

    [Fact]
    public Task Message_types_and_the_types_around_them_are_made_internal() => VerifyFix.AllAsync(
        "IPC2002",
        "Make internal",
        """
        public partial class Outer
        {
            [IpcService] private partial interface IShop { void Add(Order order, Kind kind, Hidden.Deep deep); }

            // An order.
            class Order { public int Id { get; set; } }
            private protected enum Kind { Good, Bad }
            private static class Hidden { public record Deep(int Id); }
        }
        """,
        """
        public partial class Outer
        {
            [IpcService] private partial interface IShop { void Add(Order order, Kind kind, Hidden.Deep deep); }

            // An order.
            internal class Order { public int Id { get; set; } }
            internal enum Kind { Good, Bad }
            internal static class Hidden { public record Deep(int Id); }
        }
        """);

    [Fact]
    public Task Members_that_cannot_travel_are_excluded() => VerifyFix.AllAsync(
        "IPC2001",
        "Exclude from the message with [IpcIgnore]",
        """
        public class Point
        {
            public int X { get; set; }

            /// <summary>Anything.</summary>
            public object? Tag { get; set; }

            [Obsolete]
            public Action? Moved;
        }
        """,
        """
        public class Point
        {
            public int X { get; set; }

            /// <summary>Anything.</summary>
            [IpcIgnore]
            public object? Tag { get; set; }

            [IpcIgnore]
            [Obsolete]
            public Action? Moved;
        }
        """,
        Contract);

    [Fact]
    public Task Members_without_key_are_numbered_in_the_order_of_the_source() => VerifyFix.AllAsync(
        "IPC2007",
        "Add [IpcKey(6)]",
        """
        [IpcMessage]
        public class Point
        {
            public int X { get; set; }

            [IpcKey(5)]
            public int Y { get; set; }

            public int Z;
        }
        """,
        """
        [IpcMessage]
        public class Point
        {
            [IpcKey(6)]
            public int X { get; set; }

            [IpcKey(5)]
            public int Y { get; set; }

            [IpcKey(7)]
            public int Z;
        }
        """,
        Contract);

    [Fact]
    public Task A_member_without_key_follows_the_attributes_of_its_neighbours() => VerifyFix.OneAsync(
        "IPC2007",
        "Add [Key(1)]",
        """
        using MessagePack;

        [MessagePackObject]
        public class Point
        {
            [Key(0)]
            public int X { get; set; }

            public int Y { get; set; }
        }
        """,
        """
        using MessagePack;

        [MessagePackObject]
        public class Point
        {
            [Key(0)]
            public int X { get; set; }

            [Key(1)]
            public int Y { get; set; }
        }
        """,
        Contract + MessagePackAttributes.Source);

    [Fact]
    public async Task String_keys_are_left_to_the_user()
        => Assert.Equal(
            ["Exclude from the message with [IpcIgnore]"],
            await VerifyFix.TitlesAsync(
                "IPC2007",
                """[IpcMessage] public class Point { [IpcKey("x")] public int X { get; set; } public int Y { get; set; } }""",
                Contract));

    [Fact]
    public Task Properties_that_can_only_be_read_get_init() => VerifyFix.AllAsync(
        "IPC2008",
        "Add 'init'",
        """
        public class Point
        {
            public int X { get; }
            public string Name { get; } = "";
        }
        """,
        """
        public class Point
        {
            public int X { get; init; }
            public string Name { get; init; } = "";
        }
        """,
        Contract);

    [Fact]
    public Task A_private_member_with_a_key_is_made_internal() => VerifyFix.OneAsync(
        "IPC2009",
        "Make internal",
        """
        [IpcMessage]
        public class Point
        {
            [IpcKey(0)]
            private int X { get; set; }
        }
        """,
        """
        [IpcMessage]
        public class Point
        {
            [IpcKey(0)]
            internal int X { get; set; }
        }
        """,
        Contract);

    [Fact]
    public Task Packing_is_removed_where_it_cannot_be() => VerifyFix.AllAsync(
        "IPC2015",
        "Remove [IpcPacked]",
        """
        [IpcService] public partial interface ISignal { void Send([IpcPacked] string[] names, Block block); }

        public class Block
        {
            [IpcPacked]
            public List<string>? Items { get; set; }
        }
        """,
        """
        [IpcService] public partial interface ISignal { void Send(string[] names, Block block); }

        public class Block
        {
            public List<string>? Items { get; set; }
        }
        """);
}
