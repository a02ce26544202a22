namespace Contracts.Ipc.Integration.Tests.Contracts;

[IpcMessage]
public sealed record OutOfStock([property: IpcKey(0)] string Article, [property: IpcKey(1)] int Left);

[IpcMessage]
public sealed record Closed([property: IpcKey(0)] TimeSpan For);

[IpcMessage]
public sealed record Undeclared([property: IpcKey(0)] string Secret);

[IpcService(Name = "tests.shop")]
[IpcFault(typeof(Closed))]
public partial interface IShop
{
    [IpcFault(typeof(OutOfStock))]
    ValueTask<int> BuyAsync(string article);

    int Ask(string article);
}

/// <summary>A shop in which everything goes wrong in the way that the test wants.</summary>
public sealed class Shop(Func<Exception> failure) : IShop
{
    public ValueTask<int> BuyAsync(string article) => throw failure();

    public int Ask(string article) => throw failure();
}
