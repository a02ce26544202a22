using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Behaviour;

public sealed class FaultTests
{
    [Theory, EveryTransport]
    public async Task A_declared_fault_arrives_typed_with_its_detail_and_message(string transport)
    {
        await using Pair pair = await OpenAsync(transport, static () => new IpcFaultException<OutOfStock>(new OutOfStock("pen", 2), "Only two left."));
        IpcFaultException<OutOfStock> fault = await Assert.ThrowsAsync<IpcFaultException<OutOfStock>>(
            () => pair.Client.GetProxy<IShop>().BuyAsync("pen").InTime());
        Assert.Equal(new OutOfStock("pen", 2), fault.Detail);
        Assert.Equal("Only two left.", fault.Message);
        Assert.Equal(IpcErrorCode.Fault, fault.Code);
        Assert.Equal(typeof(OutOfStock), fault.DetailType);
    }

    [Theory, EveryTransport]
    public async Task A_fault_declared_on_the_contract_holds_for_every_method(string transport)
    {
        await using Pair pair = await OpenAsync(transport, static () => new IpcFaultException<Closed>(new Closed(TimeSpan.FromHours(1))));
        IShop shop = pair.Client.GetProxy<IShop>();
        IpcFaultException<Closed> fault = await Assert.ThrowsAsync<IpcFaultException<Closed>>(() => shop.BuyAsync("pen").InTime());
        Assert.Equal(TimeSpan.FromHours(1), fault.Detail.For);
        _ = await Assert.ThrowsAsync<IpcFaultException<Closed>>(() => Within.OnThread(() => shop.Ask("pen")).InTime());
    }

    [Theory, EveryTransport]
    public async Task An_undeclared_fault_keeps_its_detail_to_itself(string transport)
    {
        await using Pair pair = await OpenAsync(transport, static () => new IpcFaultException<Undeclared>(new Undeclared("key"), "secret words"));
        IpcRemoteException remote = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.Client.GetProxy<IShop>().BuyAsync("pen").InTime());
        Assert.DoesNotContain("secret", remote.ToString(), StringComparison.Ordinal);
    }

    [Theory, EveryTransport]
    public async Task Well_known_exceptions_keep_type_and_message_but_no_stack(string transport)
    {
        Exception[] wellKnown =
        [
            new ArgumentException("a"), new ArgumentOutOfRangeException(nameof(transport), "c"), new InvalidOperationException("d"),
            new NotSupportedException("e"), new KeyNotFoundException("f"), new UnauthorizedAccessException("g"),
        ];
        foreach (Exception thrown in wellKnown)
        {
            await using Pair pair = await OpenAsync(transport, () => thrown);
            IpcRemoteException remote = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.Client.GetProxy<IShop>().BuyAsync("pen").InTime());
            Assert.Equal((thrown.GetType().FullName, thrown.Message, null), (remote.RemoteType, remote.Message, remote.RemoteStackTrace));
        }
    }

    [Theory, EveryTransport]
    public async Task Other_exceptions_arrive_without_type_message_and_stack(string transport)
    {
        await using Pair pair = await OpenAsync(transport, static () => new FormatException("/etc/secret"));
        IpcRemoteException remote = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.Client.GetProxy<IShop>().BuyAsync("pen").InTime());
        Assert.DoesNotContain("secret", remote.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("FormatException", remote.ToString(), StringComparison.Ordinal);
        Assert.Null(remote.RemoteStackTrace);
        Assert.Contains(nameof(IpcSessionOptions.IncludeExceptionDetails), remote.Message, StringComparison.Ordinal);
    }

    [Theory, EveryTransport]
    public async Task A_server_may_opt_in_to_telling_everything(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(
            transport,
            server => server.AddService<IShop>(new Shop(static () => new FormatException("details"))),
            new IpcServerOptions { IncludeExceptionDetails = true });
        IpcRemoteException remote = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.Client.GetProxy<IShop>().BuyAsync("pen").InTime());
        Assert.Equal(("System.FormatException", "details"), (remote.RemoteType, remote.Message));
        Assert.Contains(nameof(Shop.BuyAsync), remote.RemoteStackTrace, StringComparison.Ordinal);
    }

    [Theory, EveryTransport]
    public async Task Failures_leave_the_connection_alone(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = async (value, _) =>
            {
                await Task.Yield();
                return value % 2 == 0 ? value : throw new InvalidOperationException("odd");
            },
        });
        IProbe proxy = pair.Probe;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            if (i % 2 == 0)
            {
                Assert.Equal(i, await proxy.RunAsync(i));
            }
            else
            {
                _ = await Assert.ThrowsAsync<IpcRemoteException>(() => proxy.RunAsync(i).AsTask());
            }
        })).InTime();
    }

    [Theory, EveryTransport]
    public async Task A_handlers_connection_error_says_nothing_about_this_connection(string transport)
    {
        await using Pair pair = await OpenAsync(transport, static () => new IpcConnectionException("Another connection was lost."));
        _ = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.Client.GetProxy<IShop>().BuyAsync("pen").InTime());
        Assert.True(pair.Client.IsOpen);
    }

    private static Task<Pair> OpenAsync(string transport, Func<Exception> failure)
        => Pair.OpenAsync(transport, server => server.AddService<IShop>(new Shop(failure)));
}
