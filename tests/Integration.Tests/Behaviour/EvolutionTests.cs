using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Behaviour;

public sealed class EvolutionTests
{
    [Theory, EveryTransport]
    public async Task An_older_caller_gets_the_declared_defaults_of_what_it_does_not_send(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<IEvolvingNow>(new EvolvingNow()));
        Assert.Equal("Hello, Ann", await pair.Client.GetProxy<IEvolvingThen>().GreetAsync("Ann").InTime());
    }

    [Theory, EveryTransport]
    public async Task A_newer_callers_further_arguments_are_skipped(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<IEvolvingThen>(new EvolvingThen()));
        Assert.Equal("Hi, Ann", await pair.Client.GetProxy<IEvolvingNow>().GreetAsync("Ann", "Servus", 3).InTime());
    }

    [Theory, EveryTransport]
    public async Task A_missing_argument_without_default_fails_that_call_with_a_sentence(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<IEvolvingBroken>(new EvolvingBroken()));
        IEvolvingThen then = pair.Client.GetProxy<IEvolvingThen>();
        IpcSerializationException refused = await Assert.ThrowsAsync<IpcSerializationException>(() => then.GreetAsync("Ann").InTime());
        Assert.Contains("1 arguments", refused.Message, StringComparison.Ordinal);
        _ = await pair.Client.PingAsync().InTime();
    }

    [Theory, EveryTransport]
    public async Task An_unknown_method_fails_that_call_alone(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<IEvolvingNow>(new EvolvingNow()));
        IpcUnimplementedException missing = await Assert.ThrowsAsync<IpcUnimplementedException>(
            () => pair.Client.GetProxy<IEvolvingThen>().GoneAsync().InTime());
        Assert.Equal(IpcErrorCode.Unimplemented, missing.Code);
        Assert.Equal("added", await pair.Client.GetProxy<IEvolvingNow>().AddedAsync().InTime());
    }

    [Theory, EveryTransport]
    public async Task An_unknown_contract_fails_that_call_alone(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, new Probe());
        _ = await Assert.ThrowsAsync<IpcUnimplementedException>(() => pair.Client.GetProxy<INamed>().NameAsync().InTime());
        Assert.Equal(1, await pair.Probe.RunAsync(1).InTime());
    }

    [Theory, EveryTransport]
    public async Task Arguments_that_cannot_be_read_fail_that_call_alone(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<IEvolvingThen>(new EvolvingThen()));
        IpcSerializationException unreadable = await Assert.ThrowsAsync<IpcSerializationException>(
            () => pair.Client.GetProxy<IEvolvingConfused>().GreetAsync(7).InTime());
        Assert.Equal(IpcErrorCode.Serialization, unreadable.Code);
        Assert.Equal("Hi, Ann", await pair.Client.GetProxy<IEvolvingThen>().GreetAsync("Ann").InTime());
    }

    [Theory, EveryTransport]
    public async Task Equal_contracts_have_equal_fingerprints_and_a_different_one_is_logged_once_a_proxy(string transport)
    {
        Assert.Equal(IpcContract.Of<IProbe>().Fingerprint, IpcContract.Of<IProbe>().Fingerprint);
        Assert.NotEqual(IpcContract.Of<IEvolvingThen>().Fingerprint, IpcContract.Of<IEvolvingNow>().Fingerprint);

        using var log = new RecordedLog();
        await using Pair pair = await Pair.OpenAsync(
            transport, server => server.AddService<IEvolvingNow>(new EvolvingNow()), clientOptions: new IpcConnectionOptions { LoggerFactory = log });
        _ = pair.Client.GetProxy<IEvolvingNow>();
        Assert.DoesNotContain(log.Lines, static line => line.Id == 105);
        _ = pair.Client.GetProxy<IEvolvingThen>();
        Assert.Single(log.Lines, static line => line.Id == 105 && line.Text.Contains("tests.evolving", StringComparison.Ordinal));
    }
}
