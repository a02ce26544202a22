using Contracts.Ipc;
using Matrix.Library;

// Calls through generated code of two assemblies, with real frames between. Prints what went wrong, or "matrix passed".

await using var server = new IpcServer();
server.AddService<IBank>(new Bank("Dr. "));
server.AddService<IEverything>(new Everything());
server.AddService(ForeignContract.Contract, new Foreign());
await server.ListenAsync("inproc:matrix");
await using IpcConnection connection = await IpcConnection.ConnectAsync("inproc:matrix");

var bank = connection.GetProxy<IBank>();
Account account = await bank.OpenAsync(" Ada ");
Check("field-backed", account is { Owner: "Dr. Ada", Balance: 10, Note: "none" });
Ticket ticket = await bank.PrintAsync(new Ticket(41, "Bob") { Seat = 3 });
Check("partial constructor", ticket is { Number: 42, Holder: "Bob", Seat: 3 });
Check("params array", bank.Add(1, 2, 3) == 6);
Check("params list", bank.Add("a", "b") == 2);
Check("compound assignment", bank.Accumulate(new Total { Sum = 1 }, 41).Sum == 42);
Check("local default method", bank.Name == "List" && bank.Describe("x") == "nothing");

var everything = connection.GetProxy<IEverything>();
Shape? shape = await everything.EchoAsync(new Group([new Circle(2), null, new Group([])]) { Title = null });
Check("union", shape is Group { Title: null, Shapes: [Circle { Radius: 2, Color: "red" }, null, Group { Shapes: [] }] });
Page<Point[]> page = await everything.LoadAsync(new Page<Point[]> { Items = [[new Point(1, 2)], []] });
Check("generic base and accessors", page is { Total: -1, Items: [[{ X: 1, Y: 2 }], []] });
Check("inherited", await everything.NameAsync() == "everything");
Check("base contract", await connection.GetProxy<IBase>().NameAsync() == "everything");
Check("keywords", everything.@class(@event: "a", @out: 'b') == "a5b");
Check("null", await everything.MaybeAsync(null, null) is null && await everything.MaybeAsync("x", 5) == "x5");
Check("dictionary", everything.Map(new() { ["a"] = [1, null] })["a"] is [1, null]);
Check("packed", everything.Packed([1.5, 2.5]) is [4.0]);
await everything.PostAsync("posted");
Check("one-way", await Everything.Posted.Task.WaitAsync(TimeSpan.FromSeconds(10)) == "posted");

try
{
    await everything.FailAsync();
    Check("fault", false);
}
catch (IpcFaultException<Refused> fault)
{
    Check("fault of another assembly", fault.Detail is { Why: "because", Code: 5 });
}

Check("foreign", connection.GetProxy(ForeignContract.Contract).Move(new Point(1, 2), 3) == new Point(4, 5));
Check("fingerprint", IpcContract.Of<IEverything>().Fingerprint != 0 && IpcContract.Of<IEverything>().Methods.Length == 10);
Console.WriteLine(Failures.Count == 0 ? "matrix passed" : "failed: " + string.Join(", ", Failures.Names));

static void Check(string what, bool holds)
{
    if (!holds)
    {
        Failures.Names.Add(what);
    }
}

internal static class Failures
{
    internal static List<string> Names { get; } = [];

    internal static int Count => Names.Count;
}
