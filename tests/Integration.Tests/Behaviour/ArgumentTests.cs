using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Behaviour;

public sealed class ArgumentTests
{
    [Theory, EveryTransport]
    public async Task Arguments_of_every_kind_arrive_as_they_were_sent(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<IKinds>(new Kinds()));
        IKinds kinds = pair.Client.GetProxy<IKinds>();
        Assert.Equal(42, await kinds.NothingAsync().InTime());
        Assert.Equal((true, long.MinValue, 1.5, 'ß'), await kinds.PrimitivesAsync(true, long.MinValue, 1.5, 'ß').InTime());
        Assert.Equal("Grüße, 世界 🌍", await kinds.TextAsync("Grüße, 世界 🌍").InTime());
        Assert.Equal("", await kinds.TextAsync("").InTime());
        Assert.Null(await kinds.TextAsync(null).InTime());
        Assert.Null(await kinds.NullableAsync(null).InTime());
        Assert.Equal(-5, await kinds.NullableAsync(-5).InTime());
        Assert.Equal(Colour.Green, await kinds.EnumAsync(Colour.Green).InTime());
        int[] numbers = [1, -2, int.MaxValue];
        Assert.Equal(numbers, await kinds.ArrayAsync(numbers).InTime());
        List<Line> lines = [new Line("a", 1), new Line("b", 2)];
        Assert.Equal(lines, await kinds.ListAsync(lines).InTime());
        Dictionary<int, string> entries = new() { [1] = "one", [-2] = "minus two" };
        Assert.Equal(entries, await kinds.DictionaryAsync(entries).InTime());
        byte[] bytes = [1, 2, 3];
        Assert.Equal(bytes, (await kinds.MemoryAsync(bytes).InTime()).ToArray());
    }

    [Theory, EveryTransport]
    public async Task Messages_arrive_as_they_were_sent(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<IKinds>(new Kinds()));
        IKinds kinds = pair.Client.GetProxy<IKinds>();
        Order order = await kinds.RecordAsync(new Order(3, null, [new Line("x", 1)])).InTime();
        Assert.Equal((3, null), (order.Id, order.Customer));
        Assert.Equal([new Line("x", 1)], order.Lines);

        var since = new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(5.5));
        Settings settings = await kinds.MapAsync(new Settings { Name = "n", Levels = { ["a"] = 1 }, Since = since }).InTime();
        Assert.Equal(("n", 1, since), (settings.Name, settings.Levels["a"], settings.Since));

        (Guid, DateTime, TimeSpan, decimal) sent = (Guid.NewGuid(), new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), TimeSpan.FromMilliseconds(1.5), 1.10m);
        Assert.Equal(sent, await kinds.WellKnownAsync(sent.Item1, sent.Item2, sent.Item3, sent.Item4).InTime());
    }

    [Theory, EveryTransport]
    public async Task Default_values_of_parameters_hold_at_the_caller(string transport)
    {
        await using Pair pair = await Pair.OpenAsync(transport, server => server.AddService<IKinds>(new Kinds()));
        IKinds kinds = pair.Client.GetProxy<IKinds>();
        Assert.Equal("3 x Green True", await kinds.DefaultsAsync().InTime());
        Assert.Equal("1 y Red True", await kinds.DefaultsAsync(1, "y", Colour.Red).InTime());
    }
}
