namespace Contracts.Ipc.Cli.Tests.Servers;

internal sealed class Warehouse : IWarehouse
{
    public List<string> Notes { get; } = [];

    public TaskCompletionSource Noted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken) => new(a + b);

    public ValueTask<Order> ConfirmAsync(Order order, CancellationToken cancellationToken) =>
        new(order with { ShippedAt = new DateTime(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc) });

    public ValueTask TakeAsync(string article, int pieces, CancellationToken cancellationToken) =>
        pieces > 3 ? throw new IpcFaultException<OutOfStock>(new OutOfStock(article, 3), "Only 3 are left.") : default;

    public ValueTask FailAsync(string reason, CancellationToken cancellationToken) => throw new InvalidOperationException(reason);

    public async ValueTask SleepAsync(CancellationToken cancellationToken) => await Task.Delay(Timeout.Infinite, cancellationToken);

    public ValueTask<string?> NothingAsync(CancellationToken cancellationToken) => default;

    public ValueTask NoteAsync(string text, CancellationToken cancellationToken)
    {
        Notes.Add(text);
        _ = Noted.TrySetResult();
        return default;
    }
}
