using System.Globalization;
using Contracts.Ipc;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.TestPeer;

// The other process of the integration tests.
//   serve <endpoint>   offers the peer's services until SIGTERM; says "ready" once clients can connect
//   guard <endpoint>   the same, the memory of its shm connections between pages that nobody may touch
//   hang <endpoint>    connects, makes a call that never ends, and says "calling"
//   segment <command> <name> <argument>   uses a shared segment; see SegmentRole
//   sync <command> <name> <argument>   uses a lock, an event, a semaphore or a queue; see SynchronizationRole
//   child <command>   serves its parent over standard input and output; see ChildRole
//   claim <endpoint>   for each line "<time>" waits for that moment, tries to serve there and says "won" or "lost"; for "end" stops serving and says "ended"
//   alarm <endpoint>   takes signals and says how many came; see AlarmRole
//   ring <endpoint> <times>   sends so many
//   withstand <endpoint> <seconds>   says "ready", connects again and again to a server that rewrites the shared memory, and says how that went
//   exhaust <endpoint>  serves, and connects to itself until the system has no queue left
//   crowd <endpoint> <clients>   serves, connects so many clients at once, calls over each, and says how that went
//   knock <endpoint>   does what each line says (listen, connect, close, fill) and says how that went
//   hoard <bytes> <most>   makes queues of one message of so many bytes until it may not, or has so many; says how many; removes them at the next line
string role = args[0];
if (role is "crowd" or "knock" or "hoard" && OperatingSystem.IsLinux())
{
    return await QueueRole.RunAsync(args);
}

if (role == "segment" && OperatingSystem.IsLinux())
{
    SegmentRole.Run(args[1], args[2], args[3]);
    return 0;
}

if (role == "sync" && OperatingSystem.IsLinux())
{
    SynchronizationRole.Run(args[1], args[2], args[3]);
    return 0;
}

if (role == "child")
{
    return await ChildRole.RunAsync(args[1]);
}

IpcEndpoint endpoint = args[1];

if (role == "claim")
{
    return await Claimant.RunAsync(endpoint);
}

if (role == "alarm")
{
    await AlarmRole.ServeAsync(endpoint);
    return 0;
}

if (role == "ring")
{
    await AlarmRole.RingAsync(endpoint, int.Parse(args[2], CultureInfo.InvariantCulture));
    return 0;
}

if (role == "exhaust")
{
    await ExhaustionRole.RunAsync(endpoint);
    return 0;
}

if (role == "withstand")
{
    Console.WriteLine("ready");
    return await Victim.WithstandAsync(endpoint, TimeSpan.FromSeconds(double.Parse(args[2], CultureInfo.InvariantCulture)));
}

if (role is "serve" or "guard")
{
    if (role == "guard")
    {
        GuardedHoles.Make(Victim.SegmentLength);
    }

    using var listening = new ListeningSignal();
    await using var server = new IpcServer(new IpcServerOptions { LoggerFactory = listening });
    server.AddService<IPeer>(new Peer());
    server.AddService<ILean>(new Lean());
    Task running = server.RunAsync(endpoint);
    _ = await Task.WhenAny(listening.Begun, running);
    Console.WriteLine("ready");
    await running;
    if (role == "guard")
    {
        // Without connections all is unmapped; what the guards did shows in that this line is reached.
        Console.WriteLine($"mapped={GuardedHoles.Count().All}");
    }

    Console.WriteLine("drained");
}
else
{
    await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint);
    ValueTask<int> call = connection.GetProxy<IPeer>().HangAsync();
    _ = await connection.GetProxy<IPeer>().EchoAsync(1);
    Console.WriteLine("calling");
    _ = await call;
}

return 0;
