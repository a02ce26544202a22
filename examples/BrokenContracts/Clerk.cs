// A service and its caller as somebody writes them who takes calls between processes for ordinary calls.

using Contracts.Ipc;
using Contracts.Ipc.SharedMemory;

namespace BrokenContracts;

internal sealed class Clerk(SharedSegment<Shelf> segment) : IClerk
{
    [OneWay] // IPC4003: attributes of the class say nothing
    public int Count(string article) => segment.Read().Items;

    public ValueTask<int> CountAsync(string article, CancellationToken cancellationToken) => new(Count(article));

    public ValueTask<int> SellAsync(string article, int count, CancellationToken cancellationToken)
    {
        for (int i = 0; i < count; i++)
        {
            Warehouse.Sell(segment);
        }

        return new(count);
    }
}

internal static class Customers
{
    public static async Task<int> BuyAsync(string endpoint)
    {
        IpcConnection connection = await IpcConnection.ConnectAsync(endpoint); // IPC4004: never closed
        IClerk clerk = connection.GetProxy<IClerk>();
        int before = clerk.Count("tea"); // IPC4010: there is an asynchronous one
        int sold = clerk.SellAsync("tea", 2).AsTask().Result; // IPC4008: a thread sits and waits
        return before == 0 ? 0 : sold;
    }

    public static void Forget(IClerk clerk)
    {
        clerk.SellAsync("tea", 1); // IPC4006: nobody knows whether it worked
    }

    public static ValueTask<IpcConnection> ConnectAsync() => IpcConnection.ConnectAsync("clerk"); // IPC4013: over what?
}
