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
        new()
        {
            Rule = 2,
            Name = "An interface is renamed and keeps its name on the wire",
            Verdict = Verdict.Warning,
            Old = Change.Service(Add),
            New = $"[IpcService(Name = \"Rule02.An_interface_is_renamed_and_keeps_its_name_on_the_wire.IService\")] public partial interface ICalculator {{ {Add} }}",
            NewContract = "ICalculator",
            OldAnswer = "3",
            NewAnswer = "3",
            OldClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 3")],
            NewClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 3")],
        },
        new()
        {
            Rule = 2,
            Name = "An interface is renamed",
            Verdict = Verdict.Breaking,
            Old = Change.Service(Add),
            New = $"[IpcService] public partial interface ICalculator {{ {Add} }}",
            NewContract = "ICalculator",
            OldClient = [Call.To("Add(1, 2)").Fails(IpcErrorCode.Unimplemented)],
            NewClient = [Call.To("Add(1, 2)").Fails(IpcErrorCode.Unimplemented)],
        },
        new()
        {
            Rule = 3,
            Name = "A one-way method is added",
            Verdict = Verdict.Compatible,
            Old = Change.Service(Add),
            New = Change.Service(Add + " [OneWay] Task NotifyAsync(string what);"),
            OldClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 0")],
            NewClient = [Call.To("NotifyAsync(\"x\")").IsDropped(Effect.IsNew), Call.To("Add(1, 2)").Gives("Add(1, 2) = 0")],
        },
        new()
        {
            Rule = 4,
            Name = "A method is removed",
            Verdict = Verdict.Breaking,
            Old = Change.Service(Add + " int Negate(int a);"),
            New = Change.Service(Add),
            OldClient = [Call.To("Negate(1)").Fails(IpcErrorCode.Unimplemented), Call.To("Add(1, 2)").Gives("Add(1, 2) = 0")],
            NewClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 0")],
        },
        new()
        {
            Rule = 5,
            Name = "A method is renamed",
            Verdict = Verdict.Breaking,
            Old = Change.Service(Add),
            New = Change.Service("int Sum(int a, int b);"),
            OldClient = [Call.To("Add(1, 2)").Fails(IpcErrorCode.Unimplemented)],
            NewClient = [Call.To("Sum(1, 2)").Fails(IpcErrorCode.Unimplemented)],
        },
        new()
        {
            Rule = 5,
            Name = "A method is renamed and keeps its name on the wire",
            Verdict = Verdict.Warning,
            Old = Change.Service(Add),
            New = Change.Service("[IpcMethod(Name = \"Add\")] int Sum(int a, int b);"),
            OldClient = [Call.To("Add(1, 2)").Gives("Sum(1, 2) = 0")],
            NewClient = [Call.To("Sum(1, 2)").Gives("Add(1, 2) = 0")],
        },
        new()
        {
            Rule = 7,
            Name = "An overload with a name of its own is added",
            Verdict = Verdict.Warning,
            Old = Change.Service("int Find(string name);"),
            New = Change.Service("int Find(string name); [IpcMethod(Name = \"FindById\")] int Find(int id);"),
            OldClient = [Call.To("Find(\"a\")").Gives("Find(a) = 0")],
            NewClient = [Call.To("Find(\"a\")").Gives("Find(a) = 0"), Call.To("Find(1)").IsNotThereYet()],
        },
        new()
        {
            Rule = 8,
            Name = "Methods change places",
            Verdict = Verdict.Compatible,
            Old = Change.Service(Add + " int Negate(int a);"),
            New = Change.Service("int Negate(int a); " + Add),
            OldClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 0"), Call.To("Negate(1)").Gives("Negate(1) = 0")],
            NewClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 0"), Call.To("Negate(1)").Gives("Negate(1) = 0")],
        },
        new()
        {
            Rule = 9,
            Name = "A method with a result becomes one-way",
            Verdict = Verdict.Breaking,
            Old = Change.Service("Task<int> CountAsync(string name);"),
            New = Change.Service("[OneWay] Task CountAsync(string name);"),
            OldAnswer = "3",
            OldClient = [Call.To("CountAsync(\"a\")").FailsAfter("CountAsync(a)", IpcErrorCode.Serialization)],
            NewClient = [Call.To("CountAsync(\"a\")").Gives("CountAsync(a)")],
        },
        new()
        {
            Rule = 9,
            Name = "A method that was waited for becomes one-way",
            Verdict = Verdict.Breaking,
            Old = Change.Service("Task StoreAsync(string name);"),
            New = Change.Service("[OneWay] Task StoreAsync(string name);"),
            OldAnswer = "new InvalidOperationException(\"Full.\")",
            NewAnswer = "new InvalidOperationException(\"Full.\")",
            OldClient = [Call.To("StoreAsync(\"a\")").FailsAfter("StoreAsync(a)", IpcErrorCode.RemoteException)],
            NewClient = [Call.To("StoreAsync(\"a\")").Misreads("StoreAsync(a)")],
        },
        new()
        {
            Rule = 9,
            Name = "A one-way method becomes one that is waited for",
            Verdict = Verdict.Breaking,
            Old = Change.Service("[OneWay] Task StoreAsync(string name);"),
            New = Change.Service("Task StoreAsync(string name);"),
            OldAnswer = "new InvalidOperationException(\"Full.\")",
            NewAnswer = "new InvalidOperationException(\"Full.\")",
            OldClient = [Call.To("StoreAsync(\"a\")").Misreads("StoreAsync(a)")],
            NewClient = [Call.To("StoreAsync(\"a\")").FailsAfter("StoreAsync(a)", IpcErrorCode.RemoteException)],
        },
        new()
        {
            Rule = 10,
            Name = "A method without result gets one",
            Verdict = Verdict.Breaking,
            Old = Change.Service("Task StoreAsync(string name);"),
            New = Change.Service("Task<int> StoreAsync(string name);"),
            NewAnswer = "3",
            OldClient = [Call.To("StoreAsync(\"a\")").Gives("StoreAsync(a)")],
            NewClient = [Call.To("StoreAsync(\"a\")").FailsAfter("StoreAsync(a)", IpcErrorCode.Serialization)],
        },
        new()
        {
            Rule = 34,
            Name = "A Task becomes a ValueTask",
            Verdict = Verdict.Warning,
            Old = Change.Service("Task<int> CountAsync(string name);"),
            New = Change.Service("ValueTask<int> CountAsync(string name);"),
            OldAnswer = "3",
            NewAnswer = "3",
            OldClient = [Call.To("CountAsync(\"a\")").Gives("CountAsync(a) = 3")],
            NewClient = [Call.To("CountAsync(\"a\")").Gives("CountAsync(a) = 3")],
        },
        new()
        {
            Rule = 11,
            Name = "A method loses its result",
            Verdict = Verdict.Breaking,
            Old = Change.Service("Task<int> StoreAsync(string name);"),
            New = Change.Service("Task StoreAsync(string name);"),
            OldAnswer = "3",
            OldClient = [Call.To("StoreAsync(\"a\")").FailsAfter("StoreAsync(a)", IpcErrorCode.Serialization)],
            NewClient = [Call.To("StoreAsync(\"a\")").Gives("StoreAsync(a)")],
        },
        new()
        {
            Rule = 12,
            Name = "A method is no longer idempotent",
            Verdict = Verdict.Breaking,
            Latent = "callers rely on it when they repeat a call after a lost connection; nothing of it travels",
            Old = Change.Service("[IpcMethod(Idempotent = true)] int Add(int a, int b);"),
            New = Change.Service(Add),
            OldClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 0")],
            NewClient = [Call.To("Add(1, 2)").Gives("Add(1, 2) = 0")],
        },
        new()
        {
            Rule = 13,
            Name = "A method gets a shorter deadline",
            Verdict = Verdict.Warning,
            Old = Change.Service("Task WorkAsync(CancellationToken token);"),
            New = Change.Service("[IpcMethod(TimeoutMilliseconds = 50)] Task WorkAsync(CancellationToken token);"),
            OldAnswer = "Task.Delay(1000)",
            NewAnswer = "Task.Delay(1000)",
            OldClient = [Call.To("WorkAsync(default)").Gives("WorkAsync()")],
            NewClient = [Call.To("WorkAsync(default)").FailsAfter("WorkAsync()", IpcErrorCode.DeadlineExceeded)],
        },
        new()
        {
            Rule = 15,
            Name = "A declared fault is removed",
            Verdict = Verdict.Breaking,
            Old = Change.Service("[IpcFault(typeof(OutOfStock))] Task TakeAsync();", OutOfStock),
            New = Change.Service("Task TakeAsync();", OutOfStock),
            OldAnswer = ThrowsOutOfStock,
            NewAnswer = ThrowsOutOfStock,
            OldClient = [Call.To("TakeAsync()").FailsAfter("TakeAsync()", IpcErrorCode.RemoteException)],
            NewClient = [Call.To("TakeAsync()").FailsAfter("TakeAsync()", IpcErrorCode.RemoteException)],
        },
        new()
        {
            Rule = 15,
            Name = "A fault is declared in addition",
            Verdict = Verdict.Compatible,
            Old = Change.Service("Task TakeAsync();", OutOfStock),
            New = Change.Service("[IpcFault(typeof(OutOfStock))] Task TakeAsync();", OutOfStock),
            OldAnswer = "new InvalidOperationException(\"Empty.\")",
            NewAnswer = ThrowsOutOfStock,
            OldClient = [Call.To("TakeAsync()").Gives("TakeAsync() = RemoteException")],
            NewClient = [Call.To("TakeAsync()").Gives("TakeAsync() = RemoteException")],
        },
        new()
        {
            Rule = 15,
            NamedRule = 39,
            Name = "A member of a fault changes its type",
            Verdict = Verdict.Breaking,
            Old = Change.Service("[IpcFault(typeof(OutOfStock))] Task TakeAsync();", OutOfStock),
            New = Change.Service("[IpcFault(typeof(OutOfStock))] Task TakeAsync();", "public sealed record OutOfStock(int Article);"),
            OldAnswer = ThrowsOutOfStock,
            NewAnswer = "new IpcFaultException<OutOfStock>(new OutOfStock(7))",
            OldClient = [Call.To("TakeAsync()").FailsAfter("TakeAsync()", IpcErrorCode.Serialization)],
            NewClient = [Call.To("TakeAsync()").FailsAfter("TakeAsync()", IpcErrorCode.Serialization)],
        },
    ];

    private const string OutOfStock = "public sealed record OutOfStock(string Article);";

    private const string ThrowsOutOfStock = "new IpcFaultException<OutOfStock>(new OutOfStock(\"x\"))";
}
