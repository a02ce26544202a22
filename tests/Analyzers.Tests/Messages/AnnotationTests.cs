namespace Contracts.Ipc.Analyzers.Tests.Messages;

/// <summary>IPC2010, IPC2011, IPC2013 to IPC2015: unions, foreign annotations, formatters, packing.</summary>
public sealed class AnnotationTests
{
    [Fact, Rejects("IPC2010")]
    public Task A_union_that_repeats_a_tag_or_a_type_is_rejected() => Verify.ReportsAsync("""
        [IpcService] public partial interface ICanvas { void Draw(IShape shape); void Play(ISound sound); }

        [Union(0, typeof(Circle)), Union(0, typeof(Square))] public interface {|IPC2010:IShape|};
        public record Circle(double Radius) : IShape;
        public record Square(double Side) : IShape;

        [Union(0, typeof(Beep)), Union(1, typeof(Beep))] public interface {|IPC2010:ISound|};
        public record Beep : ISound;
        """);

    [Fact, Accepts("IPC2010"), Accepts("IPC2011")]
    public Task A_closed_hierarchy_is_accepted() => Verify.AcceptsAsync("""
        [IpcService] public partial interface ICanvas { void Draw(List<IShape> shapes, Sound sound); }

        [Union(0, typeof(Circle)), Union(7, typeof(Group)), Union(3, typeof(Dot))] public interface IShape;
        public record Circle(double Radius) : IShape;
        public record Group(IReadOnlyList<IShape> Shapes) : IShape;
        public readonly record struct Dot(int X, int Y) : IShape;

        [Union(0, typeof(Beep))] public abstract class Sound { public int Volume { get; set; } }
        public class Beep : Sound;
        """);

    [Fact, Rejects("IPC2011")]
    public Task A_case_that_does_not_derive_from_the_union_or_is_abstract_is_rejected() => Verify.ReportsAsync("""
        [IpcService] public partial interface ICanvas { void Draw(IShape shape); void Play(Sound sound); }

        [Union(0, typeof(Circle))] public interface {|IPC2011:IShape|};
        public record Circle(double Radius);

        [Union(0, typeof(Noise))] public abstract class {|IPC2011:Sound|};
        public abstract class Noise : Sound;
        """);

    [Fact, Rejects("IPC2013")]
    public Task MessagePack_features_that_are_not_honoured_are_rejected() => Verify.ReportsAsync(
        """
        using MessagePack;
        [IpcService] public partial interface IVault { void Store(Formatted formatted, Called called, Secret secret); }

        [MessagePackFormatter(typeof(string))] public class {|IPC2013:Formatted|} { public int Id { get; set; } }

        public class {|IPC2013:Called|} : IMessagePackSerializationCallbackReceiver
        {
            public void OnBeforeSerialize() { }
            public void OnAfterDeserialize() { }
        }

        [MessagePackObject] public class Secret { [Key(0)] public int Id { get; set; } [Key(1)] internal int {|IPC2013:Level|} { get; set; } }

        """ + MessagePackAttributes.Source);

    [Fact, Accepts("IPC2013")]
    public Task Types_annotated_for_MessagePack_are_accepted() => Verify.AcceptsAsync(
        """
        using MessagePack;
        [IpcService] public partial interface IVault { void Store(Keyed keyed, Named named, Secret secret); }
        [MessagePackObject] public class Keyed { [Key(0)] public int Id { get; set; } [IgnoreMember] public object? Tag { get; set; } }
        [MessagePackObject(true)] public class Named { public int Id { get; set; } }
        [MessagePackObject(AllowPrivate = true)] public class Secret { [Key(0)] internal int Level { get; set; } }

        """ + MessagePackAttributes.Source);

    [Fact, Rejects("IPC2014")]
    public Task Formatters_that_do_not_fit_are_rejected() => Verify.ReportsAsync(Formatters("""
        [IpcService] public partial interface IPalette { void Paint(Color color, [IpcFormatter(typeof(TextFormatter))] int {|IPC2014:shade|}); }
        [IpcFormatter(typeof(NotAStruct))] public class {|IPC2014:Color|};
        """));

    [Fact, Accepts("IPC2014")]
    public Task Formatters_on_a_type_a_member_and_a_parameter_are_accepted() => Verify.AcceptsAsync(Formatters("""
        [IpcService] public partial interface IPalette { void Paint(Color color, [IpcFormatter(typeof(TextFormatter))] string shade, Box box); }
        [IpcFormatter(typeof(ColorFormatter))] public class Color;
        public class Box { [IpcFormatter(typeof(ObjectFormatter))] public object? Content { get; set; } }
        """));

    [Fact, Rejects("IPC2015")]
    public Task Packing_what_is_no_memory_of_numbers_is_rejected() => Verify.ReportsAsync("""
        [IpcService] public partial interface ISignal { void Send([IpcPacked] string[] {|IPC2015:names|}, [IpcPacked] int {|IPC2015:one|}, Block block); }
        public class Block { [IpcPacked] public List<object>? {|IPC2015:Items|} { get; set; } }
        """);

    [Fact, Accepts("IPC2015")]
    public Task Packing_unmanaged_elements_is_accepted() => Verify.AcceptsAsync("""
        [IpcService] public partial interface ISignal { void Send([IpcPacked] double[] samples, [IpcPacked] ReadOnlyMemory<Point> points, [IpcPacked] List<DayOfWeek> days); }
        [SharedLayout] public partial struct Point { public int X; public int Y; }
        """);

    private static string Formatters(string source) => "using Contracts.Ipc.Serialization;\n" + source + """

        public struct ColorFormatter : IMessageFormatter<Color>
        {
            public static void Write(ref MessagePackWriter writer, Color value) => throw new NotImplementedException();
            public static Color Read(ref MessagePackReader reader) => throw new NotImplementedException();
        }

        public struct TextFormatter : IMessageFormatter<string>
        {
            public static void Write(ref MessagePackWriter writer, string value) => throw new NotImplementedException();
            public static string Read(ref MessagePackReader reader) => throw new NotImplementedException();
        }

        public struct ObjectFormatter : IMessageFormatter<object>
        {
            public static void Write(ref MessagePackWriter writer, object value) => throw new NotImplementedException();
            public static object Read(ref MessagePackReader reader) => throw new NotImplementedException();
        }

        public class NotAStruct;
        """;
}
