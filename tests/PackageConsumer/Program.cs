using System.Diagnostics;
using Contracts.Ipc;
using PackageConsumer;

string endpoint = args is ["server", var given] ? given : $"unix:package-consumer-{Environment.ProcessId}";
if (args.Length > 0)
{
    await using var server = new IpcServer();
    server.AddService<IWarehouse>(new Warehouse());
    await server.ListenAsync(endpoint);
    Console.WriteLine("ready");
    await Console.In.ReadToEndAsync();
    await server.DrainAsync();
    return 0;
}

using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["server", endpoint])
{
    RedirectStandardInput = true,
    RedirectStandardOutput = true,
})!;
Expect("ready", await child.StandardOutput.ReadLineAsync());

await using (IpcConnection connection = await IpcConnection.ConnectAsync(endpoint))
{
    IWarehouse warehouse = connection.GetProxy<IWarehouse>();
    Expect(child.Id, warehouse.ProcessId());
    Expect(3, await warehouse.CountAsync("bolt"));
    Expect("Item { Article = bolt, Number = 2 }", (await warehouse.TakeAsync("bolt", 2))[^1].ToString());
    try
    {
        _ = await warehouse.TakeAsync("bolt", 2);
        Expect("a fault", "no fault");
    }
    catch (IpcFaultException<OutOfStock> fault)
    {
        Expect(new OutOfStock("bolt", 1), fault.Detail);
    }
}

child.StandardInput.Close();
await child.WaitForExitAsync();
Expect(0, child.ExitCode);
Console.WriteLine("The package works: two processes called each other.");
return 0;

static void Expect<T>(T expected, T actual)
{
    if (!Equals(expected, actual))
    {
        throw new InvalidOperationException($"Expected {expected}, found {actual}.");
    }
}
