using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>Unions: rules 46 and 47.</summary>
internal static class UnionChanges
{
    private const string Circle = "\npublic sealed record Circle(int Radius) : Shape;";

    private const string Square = "\npublic sealed record Square(int Side) : Shape;";

    private const string Unknown = "\npublic sealed record UnknownShape(int Tag) : Shape;";

    private const string Shape = "\npublic abstract record Shape;";

    private const string CircleCase = "[Union(0, typeof(Circle))]";

    private const string SquareCase = "[Union(1, typeof(Square))]";

    private const string Open = "[IpcOpen(typeof(UnknownShape))]";

    internal static IEnumerable<Change> All =>
    [
        Of(
            46, "A case is added to a closed union", Verdict.Breaking, CircleCase + Shape + Circle, CircleCase + SquareCase + Shape + Circle + Square,
            ("new Circle(1)", "new Square(2)"), newReads: Change.Reads("Circle{Radius: 1}"), oldReads: Change.Refuses()),
        Of(
            46, "A case is added to an open union", Verdict.Compatible, Open + CircleCase + Shape + Circle + Unknown, Open + CircleCase + SquareCase + Shape + Circle + Square + Unknown,
            ("new Circle(1)", "new Square(2)"), newReads: Change.Reads("Circle{Radius: 1}"), oldReads: Change.Reads("UnknownShape{Tag: 1}")),
        Of(
            47, "A case is removed", Verdict.Breaking, CircleCase + SquareCase + Shape + Circle + Square, CircleCase + Shape + Circle,
            ("new Square(1)", "new Circle(2)"), newReads: Change.Refuses(), oldReads: Change.Reads("Circle{Radius: 2}")),
        Of(
            47, "A case is removed and its tag reserved", Verdict.Warning, CircleCase + SquareCase + Shape + Circle + Square, "[IpcReserved(1, \"Square\")]" + CircleCase + Shape + Circle,
            ("new Square(1)", "new Circle(2)"), newReads: Change.Refuses(), oldReads: Change.Reads("Circle{Radius: 2}")),
        Of(
            47, "A tag is given to another case", Verdict.Breaking, CircleCase + SquareCase + Shape + Circle + Square, "[Union(1, typeof(Circle))][Union(0, typeof(Square))]" + Shape + Circle + Square,
            ("new Square(1)", "new Circle(2)"), newReads: Change.Misreads("Circle{Radius: 0}"), oldReads: Change.Misreads("Square{Side: 0}")),
    ];

    private static Change Of(int rule, string name, Verdict verdict, string old, string @new, (string Old, string New) values, Outcome newReads, Outcome oldReads)
        => Change.OfType(rule, name, verdict, "Shape\n" + old, "Shape\n" + @new, values, newReads, oldReads);
}
