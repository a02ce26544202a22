using Contracts.Ipc;

namespace PackageConsumer;

/// <summary>A contract with something of everything that has to be generated: results, lists of records, a fault, a synchronous method.</summary>
[IpcService(Name = "warehouse")]
public partial interface IWarehouse
{
    ValueTask<int> CountAsync(string article, CancellationToken cancellationToken = default);

    [IpcFault(typeof(OutOfStock))]
    Task<IReadOnlyList<Item>> TakeAsync(string article, int count);

    int ProcessId();
}

public sealed record Item(string Article, int Number);

[IpcMessage]
public sealed record OutOfStock([property: IpcKey(0)] string Article, [property: IpcKey(1)] int Left);

internal sealed class Warehouse : IWarehouse
{
    private int _stock = 3;

    public ValueTask<int> CountAsync(string article, CancellationToken cancellationToken) => new(_stock);

    public Task<IReadOnlyList<Item>> TakeAsync(string article, int count)
    {
        if (count > _stock)
        {
            throw new IpcFaultException<OutOfStock>(new OutOfStock(article, _stock));
        }

        _stock -= count;
        return Task.FromResult<IReadOnlyList<Item>>([.. Enumerable.Range(1, count).Select(number => new Item(article, number))]);
    }

    public int ProcessId() => Environment.ProcessId;
}
