// Two processes and the interface between them. Without arguments this program is the client and starts itself once more as the server.
//
//   ICalculator.cs   the contract
//   Calculator.cs    the service that implements it
//   Server.cs        offers the service on several endpoints
//   Tour.cs          calls it: a result, a typed fault, a cancellation

using System.Net.Sockets;
using Contracts.Ipc;
using Quickstart;

if (args is ["server", .. var endpoints])
{
    await Server.RunAsync(endpoints);
    return;
}

string name = $"quickstart-{Environment.ProcessId}";
string[] between =
    OperatingSystem.IsLinux() ? [$"shm:{name}", $"unix:{name}", $"pipe:{name}"]
    : Socket.OSSupportsUnixDomainSockets ? [$"unix:{name}", $"pipe:{name}"]
    : [$"pipe:{name}"];
var table = new List<RoundTrips>();

await using (ServerProcess server = await ServerProcess.StartAsync(between))
{
    Console.WriteLine($"The client is process {Environment.ProcessId}, the server process {server.Id}.");
    Console.WriteLine();
    foreach (string endpoint in between)
    {
        table.Add(await Tour.RunAsync(endpoint));
    }
}

// The same contract without a second process, as in tests.
await using (var server = new IpcServer())
{
    server.AddService<ICalculator>(new Calculator());
    await server.ListenAsync($"inproc:{name}");
    table.Add(await Tour.RunAsync($"inproc:{name}"));
}

RoundTrips.Print(table);
