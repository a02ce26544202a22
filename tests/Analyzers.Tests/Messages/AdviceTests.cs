namespace Contracts.Ipc.Analyzers.Tests.Messages;

/// <summary>IPC2020 to IPC2029: messages that travel, but not as their author may think.</summary>
public sealed class AdviceTests
{
    [Fact, Rejects("IPC2020")]
    public Task A_closed_enum_without_zero_is_reported_once() => Verify.ReportsAsync("""
        [IpcService] public partial interface IFirst { void Do(Level level, Alarm alarm); }
        [IpcService] public partial interface ISecond { void Do(Level[] levels); }
        public class Alarm { public Level? Level { get; set; } }
        public enum {|IPC2020:Level|} { Low = 1, High = 2 }
        """);

    [Theory, Accepts("IPC2020")]
    [InlineData("public enum Level { Low = -1, None, High }")]
    [InlineData("[IpcOpen] public enum Level { Low = 1 }")]
    [InlineData("[Flags] public enum Level { Low = 1, High = 2 }")]
    [InlineData("public enum Level : long;")]
    [InlineData("public enum Level { None } public enum Unused { One = 1 }")]
    public Task An_enum_that_takes_zero_is_accepted(string source) => Verify.AcceptsAsync("[IpcService] public partial interface IFirst { void Do(Level level); } " + source);

    [Fact, Rejects("IPC2021")]
    public Task Gaps_between_keys_are_reported() => Verify.ReportsAsync("""
        [IpcService] public partial interface IMap { void Mark(Point point); }
        [IpcMessage, IpcReserved(2)] public class {|IPC2021:Point|} { [IpcKey(1)] public int X { get; set; } [IpcKey(4)] public int Y { get; set; } }
        """);

    [Fact, Accepts("IPC2021")]
    public Task Gaps_that_are_reserved_or_the_business_of_another_serializer_are_accepted() => Verify.AcceptsAsync("""
        using System.Runtime.Serialization;
        [IpcService] public partial interface IMap { void Mark(Point point, Size size, Named named); }
        [IpcMessage, IpcReserved(0), IpcReserved(2, "Z")] public class Point { [IpcKey(1)] public int X { get; set; } [IpcKey(3)] public int Y { get; set; } }
        [DataContract] public class Size { [DataMember(Order = 5)] public int X { get; set; } }
        [IpcMessage] public class Named { [IpcKey("9")] public int X { get; set; } }
        """);

    [Theory, Rejects("IPC2022"), Rejects("IPC2023"), Rejects("IPC2024")]
    [InlineData("IPC2022", "Dictionary<Place, int>", "public class Place { public int X { get; set; } }")]
    [InlineData("IPC2022", "IReadOnlySet<Place>", "public class Place { public int X { get; set; } public bool Equals(Place other) => X == other.X; }")]
    [InlineData("IPC2022", "List<Dictionary<int[], int>>", "")]
    [InlineData("IPC2023", "Dictionary<Place, int>", "public struct Place { public int X { get; set; } }")]
    [InlineData("IPC2023", "HashSet<Place>", "public struct Place { public int X { get; set; } }")]
    [InlineData("IPC2024", "Dictionary<double, string>", "")]
    [InlineData("IPC2024", "HashSet<float>", "")]
    public async Task Keys_that_are_not_found_again_are_reported(string id, string table, string type)
    {
        await Verify.ReportsAsync($$"""[IpcService] public partial interface IMap { void Send({{table}} {|{{id}}:table|}); } {{type}}""");
        await Verify.ReportsAsync($$"""[IpcService] public partial interface IMap { {{table}} {|{{id}}:Get|}(); } {{type}}""");
        await Verify.ReportsAsync($$"""[IpcService] public partial interface IMap { void Send(Message message); } public class Message { public {{table}}? {|{{id}}:Table|} { get; set; } } {{type}}""");
    }

    [Theory, Accepts("IPC2022"), Accepts("IPC2023"), Accepts("IPC2024")]
    [InlineData("Dictionary<Place, int>", "public record Place(int X);")]
    [InlineData("Dictionary<Place, int>", "public readonly record struct Place(int X);")]
    [InlineData("Dictionary<Place, int>", "public struct Place { public int X { get; set; } public override int GetHashCode() => X; public override bool Equals(object? other) => other is Place; }")]
    [InlineData("Dictionary<Place, int>", "public class Base { public override int GetHashCode() => 1; public override bool Equals(object? other) => true; } public class Place : Base { public int X { get; set; } }")]
    [InlineData("HashSet<(int, string)>", "")]
    [InlineData("Dictionary<Guid, float>", "")]
    [InlineData("Dictionary<decimal, double[]>", "")]
    [InlineData("Dictionary<DayOfWeek?, Uri>", "")]
    [InlineData("List<Place>", "public class Place { public int X { get; set; } }")]
    public Task Keys_with_an_equality_are_accepted(string table, string type)
        => Verify.AcceptsAsync($$"""[IpcService] public partial interface IMap { void Send({{table.Replace("DayOfWeek?", "DayOfWeek", StringComparison.Ordinal)}} table); } {{type}}""");

    [Fact, Rejects("IPC2025")]
    public Task A_chain_is_reported() => Verify.ReportsAsync("""
        [IpcService] public partial interface IPlan { void Run(Step first); }
        public class Step { public string? Name { get; set; } public Step? {|IPC2025:Next|} { get; set; } }
        """);

    [Fact, Accepts("IPC2025")]
    public Task A_tree_is_accepted() => Verify.AcceptsAsync("""
        [IpcService] public partial interface IPlan { void Run(Binary binary, Tree tree, Folder folder); }
        public class Binary { public Binary? Left { get; set; } public Binary? Right { get; set; } }
        public class Tree { public List<Tree>? Children { get; set; } }
        public class Folder { public Folder? Parent { get; set; } public Folder[]? Children { get; set; } }
        """);

    [Theory, Rejects("IPC2026")]
    [InlineData("int retries = 3", "int", "5")]
    [InlineData("int retries = -1", "int", "1")]
    [InlineData("string? retries = null", "string?", "\"x\"")]
    [InlineData("bool retries = true", "bool", "false")]
    public Task Two_defaults_are_reported(string parameter, string type, string initializer) => Verify.ReportsAsync(Options("{|IPC2026:Retries|}", parameter, type, initializer));

    [Theory, Accepts("IPC2026")]
    [InlineData("int retries = 3", "int", "3")]
    [InlineData("double retries = -1", "double", "-1.0")]
    [InlineData("long retries = 5", "long", "5")]
    [InlineData("int retries", "int", "5")]
    [InlineData("string? retries = null", "string?", "default")]
    [InlineData("int retries = 3", "int", "Environment.ProcessorCount")]
    public Task One_default_or_one_that_must_be_computed_is_accepted(string parameter, string type, string initializer)
        => Verify.AcceptsAsync(Options("Retries", parameter, type, initializer));

    [Fact, Rejects("IPC2027")]
    public Task A_message_whose_state_stays_at_home_is_reported() => Verify.ReportsAsync("""
        [IpcService] public partial interface IDoor { void Open(Ticket ticket, Badge badge); }
        public class {|IPC2027:Ticket|} { private int _number = 3; public override string ToString() => $"{_number++}"; }
        public class {|IPC2027:Badge|} { internal int Number { get; set; } }
        """);

    [Fact, Accepts("IPC2027")]
    public Task A_message_without_state_or_that_says_that_it_stays_is_accepted() => Verify.AcceptsAsync("""
        [IpcService] public partial interface IDoor { void Open(Nothing nothing, Local local, Half half); }
        public class Nothing { private static int s_count; public static int Next() => ++s_count; }
        public class Local { [IpcIgnore] public int Number { get; set; } }
        public class Half { private int _hidden; public int Number { get => _hidden; set => _hidden = value; } }
        """);

    [Fact, Rejects("IPC2028")]
    public Task A_forgotten_case_is_reported() => Verify.ReportsAsync("""
        [Union(0, typeof(Circle))] public interface IShape;
        public class Circle : IShape { public int Radius { get; set; } }
        public class {|IPC2028:Square|} : IShape { public int Side { get; set; } }
        public struct {|IPC2028:Dot|} : IShape;
        public class {|IPC2028:Ellipse|} : Circle { public int Other { get; set; } }
        """);

    [Fact, Accepts("IPC2028")]
    public Task Types_that_are_listed_hidden_abstract_or_the_stand_in_are_accepted() => Verify.AcceptsAsync("""
        [Union(0, typeof(Circle)), IpcOpen(typeof(Unknown))] public interface IShape;
        public abstract class Round : IShape;
        public class Circle : Round;
        public class Unknown : IShape;
        file class Fake : IShape;
        public class Tests { private class Mock : IShape; }
        """);

    [Fact, Rejects("IPC2029")]
    public Task Packed_structs_that_nobody_measures_are_reported() => Verify.ReportsAsync("""
        [IpcService] public partial interface ISignal { void Send([IpcPacked] Point[] {|IPC2029:points|}, [IpcPacked] List<(int, byte)> {|IPC2029:pairs|}); }
        public struct Point { public int X; public byte Y; }
        """);

    [Fact, Accepts("IPC2029")]
    public Task Packed_numbers_enums_and_shared_structs_are_accepted() => Verify.AcceptsAsync("""
        [IpcService] public partial interface ISignal { void Send([IpcPacked] Point[] points, [IpcPacked] List<Guid> ids, [IpcPacked] Memory<DayOfWeek> days, [IpcPacked] nint[] sizes); }
        [SharedLayout] public partial struct Point { public int X; public int Y; }
        """);

    private static string Options(string name, string parameter, string type, string initializer) => $$"""
        [IpcService] public partial interface IJobs { void Run(Options options); }
        public class Options
        {
            public Options({{parameter}}) => Retries = retries;
            public {{type}} {{name}} { get; } = {{initializer}};
        }
        """;
}
