using System.Text.Json;
using Contracts.Ipc.Cli.Dynamic;
using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Introspection;

namespace Contracts.Ipc.Cli.Tests.Dynamic;

/// <summary>
/// What a server sends, shown as JSON and sent back, is the same value: of every type of docs/wire-types.md, with random values.
/// </summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    private const int Rounds = 300;

    [Fact]
    public Task Scalars_come_back_as_they_were() => Check("ScalarsAsync", static values => values.Scalars());

    [Fact]
    public Task Collections_come_back_as_they_were() => Check("CollectionsAsync", static values => values.Collections());

    [Fact]
    public Task Unions_come_back_as_they_were() => Check("ShapeAsync", static values => values.Shape());

    [Fact]
    public Task Messages_that_contain_themselves_come_back_as_they_were() => Check("TreeAsync", static values => values.Tree());

    [Fact]
    public Task Packed_elements_come_back_as_they_were() => Check("Packed", static values => values.Ints());

    /// <summary>The bytes that generated code writes are shown as JSON; the JSON, written again, must be the same bytes, and generated code must read them.</summary>
    private async Task Check(string name, Func<RandomValues, object?> make)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        await using DynamicPair pair = await DynamicPair.OpenAsync();
        MethodSchema method = pair.Schema.FindMethod(name)!;
        for (int round = 0; round < Rounds; round++)
        {
            pair.Service.Answer = make(new RandomValues(seed + round));
            ReadOnlyMemory<byte> sent = await AnswerAsync(pair, method);
            pair.Service.Answer = null;
            string json = new DynamicResult(method.Result, sent).ToJson(indented: false);
            using var arguments = JsonDocument.Parse($"[{json}]");
            byte[] again = DynamicContract.WriteArguments(method, arguments.RootElement);
            Assert.True(
                sent.Span.SequenceEqual(again.AsSpan(1)), $"Seed {seed + round}: {json}\nsent  {Convert.ToHexString(sent.Span)}\nagain {Convert.ToHexString(again.AsSpan(1))}");
            Assert.Equal(json, await pair.CallAsync(name, $"[{json}]"));
        }
    }

    /// <summary>The bytes of the answer to a call with null.</summary>
    private static ValueTask<ReadOnlyMemory<byte>> AnswerAsync(DynamicPair pair, MethodSchema method)
        => pair.Client.GetRawProxy(pair.Schema.Name, "", null)
            .CallAsync(new RawMethod(pair.Schema.Name, method.WireName, new IpcMethodOptions()), (byte[])[0x91, 0xc0], CancellationToken.None);
}
