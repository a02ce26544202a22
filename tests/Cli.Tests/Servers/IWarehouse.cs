namespace Contracts.Ipc.Cli.Tests.Servers;

#pragma warning disable CA1515 // Contracts are public as those of users are.

[IpcService(Name = "acme.Warehouse")]
public partial interface IWarehouse
{
    ValueTask<int> AddAsync(int a, int b = 10, CancellationToken cancellationToken = default);

    ValueTask<Order> ConfirmAsync(Order order, CancellationToken cancellationToken = default);

    [IpcFault(typeof(OutOfStock))]
    ValueTask TakeAsync(string article, int pieces, CancellationToken cancellationToken = default);

    ValueTask FailAsync(string reason, CancellationToken cancellationToken = default);

    ValueTask SleepAsync(CancellationToken cancellationToken = default);

    ValueTask<string?> NothingAsync(CancellationToken cancellationToken = default);

    [OneWay]
    ValueTask NoteAsync(string text, CancellationToken cancellationToken = default);
}

public sealed record Order(int Id, string Customer, IReadOnlyList<Line> Lines, DateTime? ShippedAt = null);

public sealed record Line(string Article, int Pieces, decimal Price);

public sealed record OutOfStock(string Article, int Left);
