using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>Contracts and methods: rules 1 to 15.</summary>
internal static class MethodChanges
{
    private const string Add = "int Add(int a, int b);";

    internal static IEnumerable<Change> All =>
    [
        new()
        {
            Rule = 1,
            Name = "A contract is removed",
            Verdict = Verdict.Breaking,
            Old = Change.Service(Add),
            New = "",
            NewContract = null,
            OldClient = [Call.To("Add(1, 2)").Fails(IpcErrorCode.Unimplemented)],
        },
        new()
        {
            Rule = 3,
            Name = "A method is added",
            Verdict = Verdict.Compatible,
            Old = Change.Service(Add),
            New = Change.Service("int Negate(int a); " + Add),
            OldAnswer = "3",
            NewAnswer = "3",
            OldClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 3")],
            NewClient = [Call.To("Negate(-3)").IsNotThereYet(), Call.To("Add(1, 2)").Gives("Add(1, 2) = 3")],
        },
        Change.OfMessage(
            21,
            "A nullable member",
            Verdict.Compatible,
            "public sealed class Message { public int Id { get; set; } }",
            "public sealed class Message { public int Id { get; set; } public string? Note { get; set; } }",
            ("new Message { Id = 1 }", "new Message { Id = 2, Note = \"x\" }"),
            newReads: Change.Reads("{Id: 1, Note: null}"),
            oldReads: Change.Reads("{Id: 2}")),
    ];
}
