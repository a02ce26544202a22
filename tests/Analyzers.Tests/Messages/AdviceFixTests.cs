namespace Contracts.Ipc.Analyzers.Tests.Messages;

public sealed class AdviceFixTests
{
    [Fact]
    public Task Open_enums_keep_what_they_do_not_know() => VerifyFix.AllAsync(
        "IPC2016",
        "Keep unknown numbers as they are",
        """
        [IpcService] public partial interface IPaint { void Fill(Color color, Level level); }
        [IpcOpen(7)] public enum Color { Red }
        [IpcOpen(typeof(Level))] public enum Level { Low }
        """,
        """
        [IpcService] public partial interface IPaint { void Fill(Color color, Level level); }
        [IpcOpen] public enum Color { Red }
        [IpcOpen] public enum Level { Low }
        """);

    [Fact]
    public Task Flags_are_open_without_being_told() => VerifyFix.OneAsync(
        "IPC2016",
        "Remove [IpcOpen]: [Flags] keeps unknown bits",
        """
        [IpcService] public partial interface IPaint { void Fill(Rights rights); }
        [Flags, IpcOpen(Rights.None)] public enum Rights { None }
        """,
        """
        [IpcService] public partial interface IPaint { void Fill(Rights rights); }
        [Flags] public enum Rights { None }
        """);

    [Theory]
    [InlineData("IPC2004", 0, 0)]
    [InlineData("IPC2017", 3, 2)]
    public Task Keys_of_others_and_of_the_past_are_replaced_by_new_ones(string id, int second, int third) => VerifyFix.AllAsync(
        id,
        "Use the key 4",
        Keys(second, third),
        Keys(4, 5),
        "[IpcService] public partial interface IMap { void Mark(Point point); }");

    [Fact]
    public Task A_new_key_is_none_that_is_reserved() => VerifyFix.OneAsync(
        "IPC2007",
        "Add [IpcKey(4)]",
        """
        [IpcMessage, IpcReserved(1), IpcReserved(2), IpcReserved(3)]
        public class Point
        {
            [IpcKey(0)]
            public int X { get; set; }

            public int Y { get; set; }
        }
        """,
        """
        [IpcMessage, IpcReserved(1), IpcReserved(2), IpcReserved(3)]
        public class Point
        {
            [IpcKey(0)]
            public int X { get; set; }

            [IpcKey(4)]
            public int Y { get; set; }
        }
        """,
        "[IpcService] public partial interface IMap { void Mark(Point point); }");

    private static string Keys(int second, int third) => $$"""
        [IpcMessage, IpcReserved(3), IpcReserved(1), IpcReserved(2)]
        public class Point
        {
            [IpcKey(0)] public int X { get; set; }
            [IpcKey({{second}})] public int Y { get; set; }
            [IpcKey({{third}})] public int Z { get; set; }
        }
        """;

    [Theory]
    [InlineData("IPC2018", "[IpcReserved(1), IpcReserved(1)]", "[IpcReserved(1)]")]
    [InlineData("IPC2019", "[Flags, IpcOpen]", "[Flags]")]
    public Task Attributes_that_say_nothing_are_removed(string id, string before, string after) => VerifyFix.OneAsync(
        id, $"Remove [{(id == "IPC2018" ? "IpcReserved" : "IpcOpen")}]", $"{before} public enum Color {{ Red }}", $"{after} public enum Color {{ Red }}");

    [Fact]
    public Task Enums_get_a_member_for_zero_that_stands_as_the_others_do() => VerifyFix.AllAsync(
        "IPC2020",
        "Add 'None = 0'",
        """
        public enum Level
        {
            /// <summary>Low.</summary>
            Low = 1,
            High = 2,
        }

        public enum Short { A = 1, B = 2 }
        """,
        """
        public enum Level
        {
            None = 0,
            /// <summary>Low.</summary>
            Low = 1,
            High = 2,
        }

        public enum Short { None = 0, A = 1, B = 2 }
        """,
        "[IpcService] public partial interface IAlarm { void Raise(Level level, Short other); }");

    [Fact]
    public async Task A_member_for_zero_gets_a_name_that_is_free()
        => Assert.Equal(["Add 'Unknown = 0'"], await VerifyFix.TitlesAsync("IPC2020", "public enum Level { None = 1 }", "[IpcService] public partial interface IAlarm { void Raise(Level level); }"));

    [Fact]
    public Task Missing_keys_are_reserved() => VerifyFix.AllAsync(
        "IPC2021",
        "Reserve the missing keys",
        """
        /// <summary>A point.</summary>
        [IpcMessage]
        public class Point
        {
            [IpcKey(1)] public int X { get; set; }
            [IpcKey(3)] public int Y { get; set; }
        }

        [IpcMessage]
        public record Size([property: IpcKey(1)] int Width);
        """,
        """
        /// <summary>A point.</summary>
        [IpcReserved(0)]
        [IpcReserved(2)]
        [IpcMessage]
        public class Point
        {
            [IpcKey(1)] public int X { get; set; }
            [IpcKey(3)] public int Y { get; set; }
        }

        [IpcReserved(0)]
        [IpcMessage]
        public record Size([property: IpcKey(1)] int Width);
        """,
        "[IpcService] public partial interface IMap { void Mark(Point point, Size size); }");

    [Fact]
    public Task Keys_become_records() => VerifyFix.AllAsync(
        "IPC2022",
        "Make 'Place' a record",
        """
        [IpcService]
        public partial interface IMap
        {
            void Send(Dictionary<Place, int> table, List<HashSet<Place>> more);
            Dictionary<Other, int> Get();
        }

        // A place.
        public sealed class Place
        {
            public int X { get; set; }
        }

        internal class Other { public int X; }
        """.Replace("internal class", "public class", StringComparison.Ordinal),
        """
        [IpcService]
        public partial interface IMap
        {
            void Send(Dictionary<Place, int> table, List<HashSet<Place>> more);
            Dictionary<Other, int> Get();
        }

        // A place.
        public sealed record Place
        {
            public int X { get; set; }
        }

        public record Other { public int X; }
        """);

    [Fact]
    public Task Structs_that_are_keys_become_record_structs() => VerifyFix.OneAsync(
        "IPC2023",
        "Make 'Place' a record",
        """
        [IpcService] public partial interface IMap { void Send(Message message); }
        public class Message { public Dictionary<Place, int>? Table { get; set; } }
        public readonly struct Place { public int X { get; init; } }
        """,
        """
        [IpcService] public partial interface IMap { void Send(Message message); }
        public class Message { public Dictionary<Place, int>? Table { get; set; } }
        public readonly record struct Place { public int X { get; init; } }
        """);

    [Fact]
    public Task Forgotten_cases_are_listed_with_tags_that_are_free() => VerifyFix.AllAsync(
        "IPC2028",
        "List it in 'IShape' with the tag 6",
        """
        [Union(0, typeof(Circle)), IpcReserved(5)]
        public interface IShape;
        public class Circle : IShape;
        public class Square : IShape;
        public class Dot : IShape;
        """,
        """
        [Union(0, typeof(Circle)), IpcReserved(5), Union(6, typeof(Square)), Union(7, typeof(Dot))]
        public interface IShape;
        public class Circle : IShape;
        public class Square : IShape;
        public class Dot : IShape;
        """);
}
