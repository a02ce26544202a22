using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>Enums: rules 41 to 45.</summary>
internal static class EnumChanges
{
    internal static IEnumerable<Change> All =>
    [
        Of(
            41, "A constant is added to a closed enum", Verdict.Breaking, "public enum Color { Red, Green }", "public enum Color { Red, Green, Blue }",
            ("Color.Red", "Color.Blue"), newReads: Change.Reads("Red"), oldReads: Change.Refuses()),
        Of(
            41, "A constant is added to an open enum", Verdict.Compatible, "[IpcOpen] public enum Color { Red, Green }", "[IpcOpen] public enum Color { Red, Green, Blue }",
            ("Color.Red", "Color.Blue"), newReads: Change.Reads("Red"), oldReads: Change.Reads("2")),
        Of(
            41, "A constant is added to an enum with one for the unknown", Verdict.Compatible,
            "[IpcOpen(Color.Unknown)] public enum Color { Unknown, Red }", "[IpcOpen(Color.Unknown)] public enum Color { Unknown, Red, Blue }",
            ("Color.Red", "Color.Blue"), newReads: Change.Reads("Red"), oldReads: Change.Reads("Unknown")),
        Of(
            42, "A constant is removed from a closed enum", Verdict.Breaking, "public enum Color { Red, Green }", "public enum Color { Red }",
            ("Color.Green", "Color.Red"), newReads: Change.Refuses(), oldReads: Change.Reads("Red")),
        Of(
            42, "A constant is removed from a closed enum and reserved", Verdict.Warning, "public enum Color { Red, Green }", "[IpcReserved(1, \"Green\")] public enum Color { Red }",
            ("Color.Green", "Color.Red"), newReads: Change.Refuses(), oldReads: Change.Reads("Red")),
        Of(
            42, "A constant is removed from an open enum and reserved", Verdict.Warning, "[IpcOpen] public enum Color { Red, Green }", "[IpcOpen, IpcReserved(1, \"Green\")] public enum Color { Red }",
            ("Color.Green", "Color.Red"), newReads: Change.Reads("1"), oldReads: Change.Reads("Red")),
        Of(
            42, "A constant is put before others", Verdict.Breaking, "public enum Color { Red, Green }", "public enum Color { Black, Red, Green }",
            ("Color.Red", "Color.Red"), newReads: Change.Misreads("Black"), oldReads: Change.Misreads("Green")),
        Of(
            43, "An open enum is closed", Verdict.Breaking, "[IpcOpen] public enum Color { Red, Green }", "public enum Color { Red, Green }",
            ("(Color)7", "Color.Red"), newReads: Change.Refuses(), oldReads: Change.Reads("Red")),
        Of(
            43, "A closed enum is opened", Verdict.Compatible, "public enum Color { Red, Green }", "[IpcOpen] public enum Color { Red, Green }",
            ("Color.Green", "Color.Red"), newReads: Change.Reads("Green"), oldReads: Change.Reads("Red")),
        Change.OfMessage(
            44, "A member is added whose enum has no zero", Verdict.Breaking,
            "public sealed class Message { public int Id { get; set; } }",
            "public sealed class Message { public int Id { get; set; } public Color Color { get; set; } }\npublic enum Color { Red = 1, Green }",
            ("new Message { Id = 1 }", "new Message { Id = 2, Color = Color.Red }"),
            newReads: Change.Misreads("{Id: 1, Color: 0}"),
            oldReads: Change.Reads("{Id: 2}")),
        Of(
            45, "A flag is added", Verdict.Compatible, "[Flags] public enum Color { None, Red, Green }", "[Flags] public enum Color { None, Red, Green, Blue = 4 }",
            ("Color.Red", "Color.Blue | Color.Red"), newReads: Change.Reads("Red"), oldReads: Change.Reads("5")),
    ];

    private static Change Of(int rule, string name, Verdict verdict, string old, string @new, (string Old, string New) values, Outcome newReads, Outcome oldReads)
        => Change.OfType(rule, name, verdict, "Color\n" + old, "Color\n" + @new, values, newReads, oldReads);
}
