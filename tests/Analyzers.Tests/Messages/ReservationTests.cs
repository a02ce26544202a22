namespace Contracts.Ipc.Analyzers.Tests.Messages;

/// <summary>IPC2017 to IPC2019: what is reserved is not used, and every reservation means something.</summary>
public sealed class ReservationTests
{
    [Theory, Rejects("IPC2017")]
    [InlineData("[IpcMessage, IpcReserved(1)] public class Parcel { [IpcKey(0)] public int Id { get; set; } [IpcKey(1)] public int {|IPC2017:Height|} { get; set; } }")]
    [InlineData("[IpcMessage, IpcReserved(0, \"Weight\")] public record Parcel([property: IpcKey(0)] int {|IPC2017:Id|});")]
    [InlineData("[IpcMessage, IpcReserved(\"h\")] public class Parcel { [IpcKey(\"h\")] public int {|IPC2017:Height|} { get; set; } }")]
    [InlineData("[IpcReserved(\"Height\")] public class Parcel { public int {|IPC2017:Height|}; }")]
    [InlineData("[IpcReserved(3, \"Height\")] public class Parcel { public int {|IPC2017:Height|}; }")]
    [InlineData("[IpcMessage, IpcReserved(\"Height\")] public class Parcel { [IpcKey(0)] public int {|IPC2017:Height|} { get; set; } }")]
    [InlineData("[IpcReserved(3)] public enum Color : ulong { Red, {|IPC2017:Brown|} = 3 }")]
    [InlineData("[IpcReserved(-1)] public enum Color : ulong { Red, {|IPC2017:Brown|} = ulong.MaxValue }")]
    [InlineData("[IpcReserved(\"Brown\")] public enum Color { Red, {|IPC2017:Brown|} }")]
    [InlineData("[Union(0, typeof(Circle)), IpcReserved(0)] public abstract class {|IPC2017:Shape|}; public class Circle : Shape;")]
    [InlineData("[IpcReserved(\"Height\")] public class Parcel; public class Heavy : Parcel { public int {|IPC2017:Height|}; }")]
    [InlineData("public class Parcel { public int {|IPC2017:Height|}; } [IpcReserved(\"Height\")] public class Heavy : Parcel;")]
    public Task What_is_reserved_cannot_be_used_again(string source) => Verify.ReportsAsync(source);

    [Theory, Accepts("IPC2017"), Accepts("IPC2018"), Accepts("IPC2019")]
    [InlineData("[IpcMessage, IpcReserved(1), IpcReserved(2, \"Height\")] public class Parcel { [IpcKey(0)] public int Id { get; set; } [IpcKey(3)] public int Height { get; set; } }")]
    [InlineData("[IpcReserved(\"Height\")] public class Parcel { public int Weight; private int Height; }")]
    [InlineData("[IpcReserved(3, \"Brown\"), IpcReserved(4, \"Brown\")] public enum Color { Red, Brown }")]
    [InlineData("[Union(0, typeof(Circle)), IpcReserved(1), IpcReserved(2, \"Square\")] public abstract class Shape; public class Circle : Shape { public int Square; }")]
    [InlineData("[Union(0, typeof(Circle)), IpcReserved(1)] public abstract class Shape; [IpcMessage] public class Circle : Shape { [IpcKey(0)] public int Id { get; set; } [IpcKey(1)] public int Radius { get; set; } }")]
    [InlineData("[IpcReserved(\"M\")] public interface IPlain { void Do(); }")]
    public Task Numbers_and_names_that_are_free_are_accepted(string source) => Verify.AcceptsAsync(source);

    [Fact, Rejects("IPC2018")]
    public Task A_reservation_that_is_made_twice_is_reported() => Verify.ReportsAsync("""
        [IpcReserved(1), IpcReserved(2, "Blue"), {|IPC2018:IpcReserved(1, "Green")|}, {|IPC2018:IpcReserved("Blue")|}] public enum Color { Red }
        """);

    [Theory, Rejects("IPC2019")]
    [InlineData("[{|IPC2019:IpcReserved(1)|}] public class Parcel { public int Id; }")]
    [InlineData("[IpcMessage, {|IPC2019:IpcReserved(-1)|}] public class Parcel { [IpcKey(0)] public int Id { get; set; } }")]
    [InlineData("[{|IPC2019:IpcReserved(\"\")|}] public class Parcel { public int Id; }")]
    [InlineData("[IpcService, {|IPC2019:IpcReserved(1)|}] public partial interface IParcels { void Do(); }")]
    [InlineData("[Union(0, typeof(Circle)), {|IPC2019:IpcReserved(\"Square\")|}] public abstract class Shape; public class Circle : Shape;")]
    [InlineData("[Flags, {|IPC2019:IpcOpen|}] public enum Rights { None }")]
    [InlineData("[{|IPC2019:IpcOpen|}] public class Parcel { public int Id; }")]
    public Task What_protects_nothing_is_reported(string source) => Verify.ReportsAsync(source);
}
