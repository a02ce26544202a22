// A small warehouse with many mistakes: each file has those of one kind, and a comment at each says which rule finds it.
// As it stands it does not compile. README.md says what to do.

using BrokenContracts;
using Contracts.Ipc;
using Contracts.Ipc.SharedMemory;

string name = $"broken-contracts-{Environment.ProcessId}";
using SharedSegment<Shelf> segment = SharedSegment<Shelf>.Create(name, new SharedMemoryOptions { UnlinkOnDispose = true });
Warehouse.Fill(segment);
Warehouse.AddOne(segment);
Warehouse.AddAnother(segment);
Warehouse.AddAtomically(segment);
Warehouse.Weigh(segment, 6.5);
Warehouse.Load(segment, 6.5);

await using var server = new IpcServer();
server.AddService<IClerk>(new Clerk(segment));
await server.ListenAsync($"inproc:{name}");
int sold = await Customers.BuyAsync($"inproc:{name}");

Console.WriteLine($"{Warehouse.Look(name)} items weighed {segment.Read().Weight} together; the last customer bought {sold}.");
