using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

public sealed class RoundTripTests(ITestOutputHelper output)
{
    public static TheoryData<WireCase> Cases => [.. WireCases.All];

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Every_value_survives_and_no_part_of_its_message_is_taken_for_a_whole(WireCase type)
    {
        ulong seed = TestSeed.Next(output);
        type.CheckRoundTrips(seed, 60);
    }

    // Hash tables may enumerate in another order on the other side; their contents are compared as sets.
    [Fact]
    public void Unordered_collections_keep_their_elements()
    {
        int[] numbers = [.. Enumerable.Range(-50, 100).Select(n => n * n * n)];
        Dictionary<int, int> map = numbers.ToDictionary(n => n, n => -n);
        Assert.Equal(numbers.ToHashSet(), Through<ConcurrentBag<int>, ConcurrentBagFormatter<int, Int32Formatter>>([.. numbers])!.ToHashSet());
        Assert.Equal(numbers.ToHashSet(), Through<FrozenSet<int>, FrozenSetFormatter<int, Int32Formatter>>(numbers.ToFrozenSet())!.ToHashSet());
        Assert.Equal(numbers.ToHashSet(), Through<ImmutableHashSet<int>, ImmutableHashSetFormatter<int, Int32Formatter>>([.. numbers])!.ToHashSet());
        Assert.Equal(numbers.ToHashSet(), Through<IImmutableSet<int>, IImmutableSetFormatter<int, Int32Formatter>>(ImmutableHashSet.Create(numbers))!.ToHashSet());
        Assert.Equal(map, Through<ConcurrentDictionary<int, int>, ConcurrentDictionaryFormatter<int, int, Int32Formatter, Int32Formatter>>(new(map))!.ToDictionary());
        Assert.Equal(map, Through<FrozenDictionary<int, int>, FrozenDictionaryFormatter<int, int, Int32Formatter, Int32Formatter>>(map.ToFrozenDictionary())!.ToDictionary());
        Assert.Equal(map, Through<ImmutableDictionary<int, int>, ImmutableDictionaryFormatter<int, int, Int32Formatter, Int32Formatter>>(map.ToImmutableDictionary())!.ToDictionary());
        Assert.Equal(map, Through<IImmutableDictionary<int, int>, IImmutableDictionaryFormatter<int, int, Int32Formatter, Int32Formatter>>(map.ToImmutableDictionary())!.ToDictionary());
    }

    private static T? Through<T, TFormatter>(T value)
        where T : class
        where TFormatter : struct, Ipc.Serialization.IMessageFormatter<T?>
        => Codec.Read<T?, TFormatter>(Codec.Write<T?, TFormatter>(value));
}
