namespace Contracts.Ipc.Integration.Tests.Contracts;

public enum Colour
{
    Red,
    Green = 7,
}

[IpcMessage]
public sealed record Line([property: IpcKey(0)] string Article, [property: IpcKey(1)] int Count);

[IpcMessage]
public sealed record Order([property: IpcKey(0)] int Id, [property: IpcKey(1)] string? Customer, [property: IpcKey(2)] List<Line> Lines);

/// <summary>Without attributes: a map by names.</summary>
public sealed class Settings
{
    public string Name { get; set; } = "";

    public Dictionary<string, int> Levels { get; init; } = [];

    public DateTimeOffset? Since { get; set; }
}

/// <summary>Every kind of argument, in brief; the codec's own tests have them all.</summary>
[IpcService(Name = "tests.kinds")]
public partial interface IKinds
{
    ValueTask<int> NothingAsync();

    ValueTask<(bool Flag, long Number, double Real, char Letter)> PrimitivesAsync(bool flag, long number, double real, char letter);

    ValueTask<string?> TextAsync(string? text);

    ValueTask<int?> NullableAsync(int? value);

    ValueTask<Colour> EnumAsync(Colour colour);

    ValueTask<Order> RecordAsync(Order order);

    ValueTask<Settings> MapAsync(Settings settings);

    ValueTask<int[]> ArrayAsync(int[] values);

    ValueTask<List<Line>> ListAsync(List<Line> lines);

    ValueTask<Dictionary<int, string>> DictionaryAsync(Dictionary<int, string> entries);

    ValueTask<ReadOnlyMemory<byte>> MemoryAsync(ReadOnlyMemory<byte> memory);

    ValueTask<(Guid Id, DateTime Time, TimeSpan Span, decimal Money)> WellKnownAsync(Guid id, DateTime time, TimeSpan span, decimal money);

    ValueTask<string> DefaultsAsync(int count = 3, string text = "x", Colour colour = Colour.Green, CancellationToken cancellationToken = default);
}

public sealed class Kinds : IKinds
{
    public ValueTask<int> NothingAsync() => new(42);

    public ValueTask<(bool Flag, long Number, double Real, char Letter)> PrimitivesAsync(bool flag, long number, double real, char letter)
        => new((flag, number, real, letter));

    public ValueTask<string?> TextAsync(string? text) => new(text);

    public ValueTask<int?> NullableAsync(int? value) => new(value);

    public ValueTask<Colour> EnumAsync(Colour colour) => new(colour);

    public ValueTask<Order> RecordAsync(Order order) => new(order);

    public ValueTask<Settings> MapAsync(Settings settings) => new(settings);

    public ValueTask<int[]> ArrayAsync(int[] values) => new(values);

    public ValueTask<List<Line>> ListAsync(List<Line> lines) => new(lines);

    public ValueTask<Dictionary<int, string>> DictionaryAsync(Dictionary<int, string> entries) => new(entries);

    // The bytes of an argument belong to the call; what is answered is kept by nobody, so they may go back as they are.
    public ValueTask<ReadOnlyMemory<byte>> MemoryAsync(ReadOnlyMemory<byte> memory) => new(memory);

    public ValueTask<(Guid Id, DateTime Time, TimeSpan Span, decimal Money)> WellKnownAsync(Guid id, DateTime time, TimeSpan span, decimal money)
        => new((id, time, span, money));

    public ValueTask<string> DefaultsAsync(int count = 3, string text = "x", Colour colour = Colour.Green, CancellationToken cancellationToken = default)
        => new($"{count} {text} {colour} {cancellationToken.CanBeCanceled}");
}
