using System.Text.Json.Serialization;
using Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Benchmarks.Serializers;

/// <summary>The values of the table.</summary>
internal static class Payloads
{
    public static IPayload[] All { get; } =
    [
        new Payload<Pair, PairFormatter>("pair of ints", new Pair(7, 1_000_000), Json.Default.Pair, 0.20, 0.15),
        new Payload<List<Item>, ItemListFormatter>("list of 1000 small records", Items(), Json.Default.ListItem, 0.075, 0.14),
        new Payload<int[], ArrayFormatter<int, Int32Formatter>>("int[1000], 0 to 999", Enumerable.Range(0, 1000).ToArray(), Json.Default.Int32Array, 0.05, 0.06),
        new Payload<int[], ArrayFormatter<int, Int32Formatter>>("int[1000], all of 32 bits", RandomInts(32), Json.Default.Int32Array, 0.05, 0.06),
        new Payload<int[], ArrayFormatter<int, Int32Formatter>>("int[1000], random widths", RandomInts(0), Json.Default.Int32Array, 0.05, 0.06),
        new Payload<Shipment, ShipmentFormatter>("four-level nested record", Nested(), Json.Default.Shipment, 0.12, 0.13),
        new Payload<NamedItem, NamedItemFormatter>("name-keyed record", new NamedItem(4711, "Wheel 26", 149.90), Json.Default.NamedItem, double.NaN, double.NaN),
    ];

    private static List<Item> Items()
    {
        var list = new List<Item>(1000);
        for (int i = 0; i < 1000; i++)
        {
            list.Add(new Item(i, $"item {i}", i * 1.25));
        }

        return list;
    }

    // Positive and negative; with 0 bits every number has a random number of bits, which no branch predictor can learn.
    private static int[] RandomInts(int bits)
    {
        var random = new Random(20_261_121);
        var numbers = new int[1000];
        for (int i = 0; i < numbers.Length; i++)
        {
            int number = random.Next(int.MinValue, int.MaxValue);
            numbers[i] = bits == 0 ? number >> random.Next(32) : number;
        }

        return numbers;
    }

    private static Shipment Nested()
        => new(123_456_789_012, new Order(4711, new Customer("Ada Lovelace", new Address("12 St James's Square", "London", 4), 36), 129.95), true);
}

[JsonSerializable(typeof(Pair))]
[JsonSerializable(typeof(List<Item>))]
[JsonSerializable(typeof(Shipment))]
[JsonSerializable(typeof(NamedItem))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class Json : JsonSerializerContext;
