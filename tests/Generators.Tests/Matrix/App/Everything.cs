using Contracts.Ipc;
using Matrix.Library;

[IpcService(Name = "matrix.everything")]
internal partial interface IEverything : IBase, IStore<Point[]>
{
    ValueTask<Shape?> EchoAsync(Shape? shape);

    string @class(string @event, int @in = 5, char @out = 'x');

    Task<string?> MaybeAsync(string? text, int? number, CancellationToken cancellationToken = default);

    Dictionary<string, int?[]> Map(Dictionary<string, int?[]> map);

    [return: IpcPacked]
    double[] Packed([IpcPacked] double[] values);

    [OneWay]
    ValueTask PostAsync(string text);

    [IpcFault(typeof(Refused))]
    [IpcMethod(Name = "fail", TimeoutMilliseconds = 5000, Idempotent = true)]
    Task FailAsync();

    [Obsolete("only to see that it compiles", error: true)]
    void Old(in4 value);
}

#pragma warning disable CS8981 // The name is all lower case.
internal struct in4
#pragma warning restore CS8981
{
    public int Value { get; set; }
}

internal sealed class Everything : IEverything
{
    internal static TaskCompletionSource<string> Posted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask<string> NameAsync() => new("everything");

    public ValueTask<Page<Point[]>> LoadAsync(Page<Point[]> page) => new(page);

    public ValueTask<Shape?> EchoAsync(Shape? shape) => new(shape);

    public string @class(string @event, int @in, char @out) => $"{@event}{@in}{@out}";

    public async Task<string?> MaybeAsync(string? text, int? number, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return text + number is { Length: > 0 } both ? both : null;
    }

    public Dictionary<string, int?[]> Map(Dictionary<string, int?[]> map) => map;

    public double[] Packed(double[] values) => [values.Sum()];

    public ValueTask PostAsync(string text)
    {
        Posted.TrySetResult(text);
        return default;
    }

    public Task FailAsync() => throw new IpcFaultException<Refused>(Refused.Because("because"));

    public void Old(in4 value)
    {
    }
}

[IpcContractFor(typeof(IForeign))]
internal static partial class ForeignContract;

internal sealed class Foreign : IForeign
{
    public Point Move(Point point, int by) => new(point.X + by, point.Y + by);
}
