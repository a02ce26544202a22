using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>Members of messages: rules 21 to 32.</summary>
internal static class MemberChanges
{
    private const string Keyed = "[IpcMessage] public sealed class Message { [IpcKey(0)] public int Id { get; set; }";

    private const string Named = "public sealed class Message { public int Id { get; set; }";

    private const string Forgotten = "nothing remembers that the key is taken; it shows when somebody uses it again";

    internal static IEnumerable<Change> All =>
    [
        Change.OfMessage(
            21, "A nullable member is appended by key", Verdict.Compatible,
            Keyed + " }",
            Keyed + " [IpcKey(1)] public string? Note { get; set; } }",
            ("new Message { Id = 1 }", "new Message { Id = 2, Note = \"x\" }"),
            newReads: Change.Reads("{Id: 1, Note: null}"),
            oldReads: Change.Reads("{Id: 2}")),
        Change.OfMessage(
            21, "A member with an initial value is added by name", Verdict.Compatible,
            Named + " }",
            Named + " public string Note { get; set; } = \"none\"; }",
            ("new Message { Id = 1 }", "new Message { Id = 2, Note = \"x\" }"),
            newReads: Change.Reads("{Id: 1, Note: none}"),
            oldReads: Change.Reads("{Id: 2}")),
        Change.OfMessage(
            21, "A member with a default in the constructor is added by key", Verdict.Compatible,
            "[IpcMessage] public sealed record Message([property: IpcKey(0)] int Id);",
            "[IpcMessage] public sealed record Message([property: IpcKey(0)] int Id, [property: IpcKey(2)] string Note = \"none\");",
            ("new Message(1)", "new Message(2, \"x\")"),
            newReads: Change.Reads("{Id: 1, Note: none}"),
            oldReads: Change.Reads("{Id: 2}")),
        Change.OfMessage(
            22, "A required member is added", Verdict.Breaking,
            Named + " }",
            Named + " public required string Name { get; set; } }",
            ("new Message { Id = 1 }", "new Message { Id = 2, Name = \"x\" }"),
            newReads: Change.Misreads("{Id: 1, Name: null}"),
            oldReads: Change.Reads("{Id: 2}")),
        Change.OfMessage(
            22, "A required member is added by key", Verdict.Breaking,
            Keyed + " }",
            Keyed + " [IpcKey(1)] public required string Name { get; set; } }",
            ("new Message { Id = 1 }", "new Message { Id = 2, Name = \"x\" }"),
            newReads: Change.Misreads("{Id: 1, Name: null}"),
            oldReads: Change.Reads("{Id: 2}")),
        Change.OfMessage(
            23, "A member is removed by name", Verdict.Breaking,
            Named + " public int Count { get; set; } = 1; }",
            Named + " }",
            ("new Message { Id = 1, Count = 5 }", "new Message { Id = 2 }"),
            newReads: Change.Reads("{Id: 1}"),
            oldReads: Change.Reads("{Id: 2, Count: 1}")) with { Latent = Forgotten },
        Change.OfMessage(
            23, "The last member is removed by key", Verdict.Breaking,
            Keyed + " [IpcKey(1)] public int Count { get; set; } = 1; }",
            Keyed + " }",
            ("new Message { Id = 1, Count = 5 }", "new Message { Id = 2 }"),
            newReads: Change.Reads("{Id: 1}"),
            oldReads: Change.Reads("{Id: 2, Count: 1}")) with { Latent = Forgotten },
        Change.OfMessage(
            25, "A key is used for something else", Verdict.Breaking,
            Keyed + " [IpcKey(1)] public string Name { get; set; } = \"\"; }",
            Keyed + " [IpcKey(1)] public int Count { get; set; } }",
            ("new Message { Id = 1, Name = \"x\" }", "new Message { Id = 2, Count = 5 }"),
            newReads: Change.Refuses(),
            oldReads: Change.Refuses()),
        Change.OfMessage(
            26, "Two members exchange their keys", Verdict.Breaking,
            "[IpcMessage] public sealed class Message { [IpcKey(0)] public int Width { get; set; } [IpcKey(1)] public int Height { get; set; } }",
            "[IpcMessage] public sealed class Message { [IpcKey(1)] public int Width { get; set; } [IpcKey(0)] public int Height { get; set; } }",
            ("new Message { Width = 1, Height = 2 }", "new Message { Width = 3, Height = 4 }"),
            newReads: Change.Misreads("{Width: 2, Height: 1}"),
            oldReads: Change.Misreads("{Width: 4, Height: 3}")),
        Change.OfMessage(
            26, "Members change places and keep their keys", Verdict.Compatible,
            "[IpcMessage] public sealed class Message { [IpcKey(0)] public int Width { get; set; } [IpcKey(1)] public int Height { get; set; } }",
            "[IpcMessage] public sealed class Message { [IpcKey(1)] public int Height { get; set; } [IpcKey(0)] public int Width { get; set; } }",
            ("new Message { Width = 1, Height = 2 }", "new Message { Width = 3, Height = 4 }"),
            newReads: Change.Reads("{Height: 2, Width: 1}"),
            oldReads: Change.Reads("{Width: 3, Height: 4}")),
        Change.OfMessage(
            26, "Members without keys change places", Verdict.Compatible,
            "public sealed class Message { public int Width { get; set; } public int Height { get; set; } }",
            "public sealed class Message { public int Height { get; set; } public int Width { get; set; } }",
            ("new Message { Width = 1, Height = 2 }", "new Message { Width = 3, Height = 4 }"),
            newReads: Change.Reads("{Height: 2, Width: 1}"),
            oldReads: Change.Reads("{Width: 3, Height: 4}")),
        Change.OfMessage(
            27, "A member with a number for a key is renamed", Verdict.Warning,
            "[IpcMessage] public sealed class Message { [IpcKey(0)] public int Width { get; set; } }",
            "[IpcMessage] public sealed class Message { [IpcKey(0)] public int Length { get; set; } }",
            ("new Message { Width = 1 }", "new Message { Length = 2 }"),
            newReads: Change.Reads("{Length: 1}"),
            oldReads: Change.Reads("{Width: 2}")),
        Change.OfMessage(
            27, "A member without key is renamed", Verdict.Breaking,
            "public sealed class Message { public int Width { get; set; } }",
            "public sealed class Message { public int Length { get; set; } }",
            ("new Message { Width = 1 }", "new Message { Length = 2 }"),
            newReads: Change.Misreads("{Length: 0}"),
            oldReads: Change.Misreads("{Width: 0}")),
        Change.OfMessage(
            27, "A member is renamed and its key is pinned", Verdict.Warning,
            "public sealed class Message { public int Width { get; set; } }",
            "[IpcMessage] public sealed class Message { [IpcKey(\"Width\")] public int Length { get; set; } }",
            ("new Message { Width = 1 }", "new Message { Length = 2 }"),
            newReads: Change.Reads("{Length: 1}"),
            oldReads: Change.Reads("{Width: 2}")),
        new()
        {
            Rule = 28,
            Name = "A member gets another initial value",
            Verdict = Verdict.Breaking,
            Old = Change.Service("Task SendAsync(Message value);", "public sealed class Message { public int Limit { get; set; } = 10; }"),
            New = Change.Service("Task SendAsync(Message value);", "public sealed class Message { public int Limit { get; set; } = 20; }"),
            OldClient = [Call.To("SendAsync(new Message())").Gives("SendAsync({Limit: 10})")],
            NewClient = [Call.To("SendAsync(new Message())").Misreads("SendAsync({Limit: 20})")],
        },
        Change.OfMessage(
            29, "A message with names gets numbers for keys", Verdict.Breaking,
            Named + " }",
            Keyed + " }",
            ("new Message { Id = 1 }", "new Message { Id = 2 }"),
            newReads: Change.Refuses(),
            oldReads: Change.Refuses()),
        Change.OfMessage(
            30, "A class becomes a struct", Verdict.Warning,
            Keyed + " }",
            "[IpcMessage] public record struct Message([property: IpcKey(0)] int Id);",
            ("new Message { Id = 1 }", "new Message(2)"),
            newReads: Change.Reads("{Id: 1}"),
            oldReads: Change.Reads("{Id: 2}")),
        Change.OfMessage(
            30, "A class becomes a record", Verdict.Warning,
            Named + " }",
            "public sealed record Message(int Id);",
            ("new Message { Id = 1 }", "new Message(2)"),
            newReads: Change.Reads("{Id: 1}"),
            oldReads: Change.Reads("{Id: 2}")),
        Change.OfMessage(
            31, "A nullable number becomes one that is not", Verdict.Breaking,
            "public sealed class Message { public int? Id { get; set; } }",
            "public sealed class Message { public int Id { get; set; } }",
            ("new Message { Id = null }", "new Message { Id = 2 }"),
            newReads: Change.Refuses(),
            oldReads: Change.Reads("{Id: 2}")),
        Change.OfMessage(
            31, "A nullable text becomes one that is not", Verdict.Breaking,
            "public sealed class Message { public string? Name { get; set; } }",
            "public sealed class Message { public string Name { get; set; } = \"\"; }",
            ("new Message { Name = null }", "new Message { Name = \"x\" }"),
            newReads: Change.Misreads("{Name: null}"),
            oldReads: Change.Reads("{Name: x}")),
        Change.OfResponse(
            31, "A result is no longer nullable", Verdict.Warning, "int?", "int", ("null", "2"), newReads: Change.Refuses(), oldReads: Change.Reads("2")),
        Change.OfRequest(
            31, "An argument is no longer nullable", Verdict.Breaking, "int?", "int", ("null", "2"), newReads: Change.Refuses(), oldReads: Change.Reads("2")),
        Change.OfRequest(
            32, "An argument becomes nullable", Verdict.Warning, "int", "int?", ("1", "null"), newReads: Change.Reads("1"), oldReads: Change.Refuses()),
        Change.OfResponse(
            32, "A result becomes nullable", Verdict.Breaking, "int", "int?", ("1", "null"), newReads: Change.Reads("1"), oldReads: Change.Refuses()),
        Change.OfMessage(
            32, "A number becomes nullable", Verdict.Breaking,
            "public sealed class Message { public int Id { get; set; } }",
            "public sealed class Message { public int? Id { get; set; } }",
            ("new Message { Id = 1 }", "new Message { Id = null }"),
            newReads: Change.Reads("{Id: 1}"),
            oldReads: Change.Refuses()),
        Change.OfMessage(
            32, "A text becomes nullable", Verdict.Breaking,
            "public sealed class Message { public string Name { get; set; } = \"\"; }",
            "public sealed class Message { public string? Name { get; set; } }",
            ("new Message { Name = \"x\" }", "new Message { Name = null }"),
            newReads: Change.Reads("{Name: x}"),
            oldReads: Change.Misreads("{Name: null}")),
    ];
}
