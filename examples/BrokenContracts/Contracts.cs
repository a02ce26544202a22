// Contracts and messages as somebody writes them who has read one page of the documentation.

using Contracts.Ipc;

namespace BrokenContracts;

/// <summary>The one contract that is right. The program calls it.</summary>
[IpcService]
public partial interface IClerk
{
    int Count(string article);

    ValueTask<int> CountAsync(string article, CancellationToken cancellationToken = default);

    ValueTask<int> SellAsync(string article, int count, CancellationToken cancellationToken = default);
}

[IpcService]
public interface IStock // IPC1001: the generator has to add to it
{
    ValueTask<int> CountAsync(string article);
}

[IpcService(Name = "warehouse/orders")]
public partial interface IOrders // IPC1006: a slash separates contract and method
{
    ValueTask PlaceAsync(Order order);

    [IpcMethod(Name = "orders/find")]
    ValueTask<Order> FindAsync(int number); // IPC1020: no slash in the name of a method either

    ValueTask<Customer> OwnerAsync(int number);

    [OneWay]
    ValueTask<int> ForgetAsync(int number); // IPC1021: nobody waits for the result

    ValueTask ImportAsync([IpcPacked] string[] lines); // IPC2015: texts are no block of memory
}

public class Order
{
    public int Number { get; set; }

    public string Article { get; } = ""; // IPC2008: nobody can set it when the message arrives

    public object? Tag { get; set; } // IPC2001: anything cannot travel
}

[IpcMessage]
public class Customer
{
    [IpcKey(0)]
    public string Name { get; set; } = "";

    public string City { get; set; } = ""; // IPC2007: the others have keys
}
