using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>Parameters: rules 16 to 19, and the defaults of rule 28.</summary>
internal static class ParameterChanges
{
    private const string Find = "int Find(string name);";

    internal static IEnumerable<Change> All =>
    [
        new()
        {
            Rule = 16,
            Name = "A parameter with a default is appended",
            Verdict = Verdict.Compatible,
            Old = Change.Service(Find),
            New = Change.Service("int Find(string name, int limit = 10);"),
            OldClient = [Call.To("Find(\"a\")").Gives("Find(a, 10) = 0")],
            NewClient = [Call.To("Find(\"a\")").Gives("Find(a) = 0"), Call.To("Find(\"a\", 5)").Gives("Find(a) = 0")],
        },
        new()
        {
            Rule = 16,
            Name = "A nullable parameter with a default is appended before the token",
            Verdict = Verdict.Compatible,
            Old = Change.Service("Task<int> FindAsync(string name, CancellationToken token);"),
            New = Change.Service("Task<int> FindAsync(string name, Filter? filter = null, CancellationToken token = default);", "public sealed record Filter(int Limit);"),
            OldClient = [Call.To("FindAsync(\"a\", default)").Gives("FindAsync(a, null) = 0")],
            NewClient = [Call.To("FindAsync(\"a\", new Filter(5))").Gives("FindAsync(a) = 0")],
        },
        new()
        {
            Rule = 17,
            Name = "A parameter without default is appended",
            Verdict = Verdict.Breaking,
            Old = Change.Service(Find),
            New = Change.Service("int Find(string name, int limit);"),
            OldClient = [Call.To("Find(\"a\")").Fails(IpcErrorCode.Serialization)],
            NewClient = [Call.To("Find(\"a\", 5)").Gives("Find(a) = 0")],
        },
        new()
        {
            Rule = 17,
            Name = "The last parameter is removed",
            Verdict = Verdict.Breaking,
            Old = Change.Service("int Find(string name, int limit);"),
            New = Change.Service(Find),
            OldClient = [Call.To("Find(\"a\", 5)").Gives("Find(a) = 0")],
            NewClient = [Call.To("Find(\"a\")").Fails(IpcErrorCode.Serialization)],
        },
        new()
        {
            Rule = 17,
            Name = "A parameter is inserted",
            Verdict = Verdict.Breaking,
            Old = Change.Service("int Find(int limit);"),
            New = Change.Service("int Find(int first, int limit);"),
            OldClient = [Call.To("Find(5)").Fails(IpcErrorCode.Serialization)],
            NewClient = [Call.To("Find(1, 5)").Misreads("Find(1) = 0")],
        },
        new()
        {
            Rule = 17,
            Name = "Parameters of one type change places",
            Verdict = Verdict.Breaking,
            Old = Change.Service("int Copy(string source, string target);"),
            New = Change.Service("int Copy(string target, string source);"),
            OldClient = [Call.To("Copy(source: \"a\", target: \"b\")").Misreads("Copy(a, b) = 0")],
            NewClient = [Call.To("Copy(source: \"a\", target: \"b\")").Misreads("Copy(b, a) = 0")],
        },
        new()
        {
            Rule = 17,
            NamedRule = 39,
            Name = "A parameter gets another type",
            Verdict = Verdict.Breaking,
            Old = Change.Service(Find),
            New = Change.Service("int Find(int name);"),
            OldClient = [Call.To("Find(\"a\")").Fails(IpcErrorCode.Serialization)],
            NewClient = [Call.To("Find(5)").Fails(IpcErrorCode.Serialization)],
        },
        new()
        {
            Rule = 18,
            Name = "A parameter is renamed",
            Verdict = Verdict.Warning,
            Old = Change.Service(Find),
            New = Change.Service("int Find(string title);"),
            OldClient = [Call.To("Find(name: \"a\")").Gives("Find(a) = 0")],
            NewClient = [Call.To("Find(title: \"a\")").Gives("Find(a) = 0")],
        },
        new()
        {
            Rule = 19,
            Name = "A token is added",
            Verdict = Verdict.Compatible,
            Old = Change.Service("Task<int> FindAsync(string name);"),
            New = Change.Service("Task<int> FindAsync(string name, CancellationToken token = default);"),
            OldClient = [Call.To("FindAsync(\"a\")").Gives("FindAsync(a) = 0")],
            NewClient = [Call.To("FindAsync(\"a\")").Gives("FindAsync(a) = 0")],
        },
        new()
        {
            Rule = 28,
            Name = "A parameter gets another default",
            Verdict = Verdict.Breaking,
            Old = Change.Service("int Find(string name, int limit = 10);"),
            New = Change.Service("int Find(string name, int limit = 20);"),
            OldClient = [Call.To("Find(\"a\")").Gives("Find(a, 10) = 0")],
            NewClient = [Call.To("Find(\"a\")").Misreads("Find(a, 20) = 0")],
        },
    ];
}
