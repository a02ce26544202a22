using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>What is removed and remembered, and what is forgotten: rules 4, 6, 23 to 25 with [IpcReserved].</summary>
internal static class ReservationChanges
{
    private const string Add = "int Add(int a, int b);";

    private const string Members = "[IpcKey(0)] public int Id { get; set; }";

    internal static IEnumerable<Change> All =>
    [
        new()
        {
            Rule = 4,
            Name = "A method is removed and its name reserved",
            Verdict = Verdict.Warning,
            Old = Change.Service(Add + " int Negate(int a);"),
            New = "[IpcReserved(\"Negate\")] " + Change.Service(Add),
            OldClient = [Call.To("Negate(1)").Fails(IpcErrorCode.Unimplemented), Call.To("Add(1, 2)").Gives("Add(1, 2) = 0")],
            NewClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 0")],
        },
        Change.OfMessage(
            23, "The last member is removed and its key reserved", Verdict.Warning,
            $"[IpcMessage] public sealed class Message {{ {Members} [IpcKey(1)] public int Count {{ get; set; }} = 1; }}",
            $"[IpcMessage, IpcReserved(1, \"Count\")] public sealed class Message {{ {Members} }}",
            ("new Message { Id = 1, Count = 5 }", "new Message { Id = 2 }"),
            newReads: Change.Reads("{Id: 1}"),
            oldReads: Change.Reads("{Id: 2, Count: 1}")),
        Change.OfMessage(
            23, "A number among others is removed and its key reserved", Verdict.Warning,
            $"[IpcMessage] public sealed class Message {{ {Members} [IpcKey(1)] public int Count {{ get; set; }} = 1; [IpcKey(2)] public long Time {{ get; init; }} }}",
            $"[IpcMessage, IpcReserved(1, \"Count\")] public sealed class Message {{ {Members} [IpcKey(2)] public long Time {{ get; init; }} }}",
            ("new Message { Id = 1, Count = 5, Time = 6 }", "new Message { Id = 2, Time = 7 }"),
            newReads: Change.Reads("{Id: 1, Time: 6}"),
            oldReads: Change.Reads("{Id: 2, Count: 1, Time: 7}")),
        Change.OfMessage(
            23, "A number among others of a record is removed and its key reserved", Verdict.Warning,
            "[IpcMessage] public sealed record Message([property: IpcKey(0)] int Id, [property: IpcKey(1)] Guid Key = default, [property: IpcKey(2)] int Count = 1) { [IpcKey(3)] public int Rest { get; set; } = 9; [IpcKey(4)] public int End { get; set; } }",
            "[IpcMessage, IpcReserved(1, \"Key\"), IpcReserved(2, \"Count\"), IpcReserved(3, \"Rest\")] public sealed record Message([property: IpcKey(0)] int Id) { [IpcKey(4)] public int End { get; set; } }",
            ("new Message(1, Guid.Empty, 5) { Rest = 6, End = 7 }", "new Message(2) { End = 8 }"),
            newReads: Change.Reads("{Id: 1, End: 7}"),
            oldReads: Change.Reads("{Id: 2, Key: 00000000-0000-0000-0000-000000000000, Count: 1, Rest: 9, End: 8}")),
        Change.OfMessage(
            23, "A text among others is removed and its key reserved", Verdict.Warning,
            $"[IpcMessage] public sealed class Message {{ {Members} [IpcKey(1)] public string Name {{ get; set; }} = \"none\"; [IpcKey(2)] public long Time {{ get; init; }} }}",
            $"[IpcMessage, IpcReserved(1, \"Name\")] public sealed class Message {{ {Members} [IpcKey(2)] public long Time {{ get; init; }} }}",
            ("new Message { Id = 1, Name = \"x\", Time = 6 }", "new Message { Id = 2, Time = 7 }"),
            newReads: Change.Reads("{Id: 1, Time: 6}"),
            oldReads: Change.Misreads("{Id: 2, Name: null, Time: 7}")),
        Change.OfMessage(
            23, "A member is removed by name and the name reserved", Verdict.Warning,
            "public sealed class Message { public int Id { get; set; } public string Name { get; set; } = \"none\"; }",
            "[IpcReserved(\"Name\")] public sealed class Message { public int Id { get; set; } }",
            ("new Message { Id = 1, Name = \"x\" }", "new Message { Id = 2 }"),
            newReads: Change.Reads("{Id: 1}"),
            oldReads: Change.Reads("{Id: 2, Name: none}")),
        Change.OfMessage(
            24, "A reservation is removed", Verdict.Breaking,
            $"[IpcMessage, IpcReserved(1, \"Count\")] public sealed class Message {{ {Members} }}",
            $"[IpcMessage] public sealed class Message {{ {Members} }}",
            ("new Message { Id = 1 }", "new Message { Id = 2 }"),
            newReads: Change.Reads("{Id: 1}"),
            oldReads: Change.Reads("{Id: 2}")) with { Latent = "it shows when somebody uses the key again, to versions that are older than both" },
        new()
        {
            Rule = 6,
            Name = "The name of a method that was removed is used again",
            Verdict = Verdict.Breaking,
            Latent = "versions from before the removal call it with other arguments; the two at hand do not",
            Old = "[IpcReserved(\"Negate\")] " + Change.Service(Add),
            New = Change.Service(Add + " string Negate(string text);"),
            OldClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 0")],
            NewClient = [Call.To("Negate(\"a\")").IsNotThereYet()],
        },
        Change.OfMessage(
            25, "A key that was removed is used again", Verdict.Breaking,
            $"[IpcMessage, IpcReserved(1, \"Count\")] public sealed class Message {{ {Members} }}",
            $"[IpcMessage] public sealed class Message {{ {Members} [IpcKey(1)] public string? Name {{ get; set; }} }}",
            ("new Message { Id = 1 }", "new Message { Id = 2, Name = \"x\" }"),
            newReads: Change.Reads("{Id: 1, Name: null}"),
            oldReads: Change.Reads("{Id: 2}")) with { Latent = "versions from before the removal send another type under the key; the two at hand do not" },
    ];
}
