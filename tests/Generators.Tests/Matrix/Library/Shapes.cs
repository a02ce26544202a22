namespace Matrix.Library;

public sealed class Refused
{
    internal Refused()
    {
    }

    public static Refused Because(string why) => new() { Why = why };

    // Nobody but this assembly can construct or set: generated code of another one still can.
    public string Why { get; private set; } = "";

    public int Code { get; internal set; } = 5;
}

[Union(0, typeof(Circle))]
[Union(1, typeof(Group))]
public abstract record Shape;

public sealed record Circle(double Radius, string Color = "red") : Shape;

public sealed record Group(IReadOnlyList<Shape?> Shapes) : Shape
{
    public string? Title { get; init; } = "untitled";
}

[IpcMessage]
public readonly record struct Point([property: IpcKey(0)] int X, [IpcKey(2)] long Y);

public sealed class Page<T>
    where T : class
{
    public required IReadOnlyList<T> Items { get; init; }

    public int Total { get; private init; } = -1;
}

public interface IStore<T>
    where T : class
{
    ValueTask<Page<T>> LoadAsync(Page<T> page);
}

[IpcService]
public partial interface IBase
{
    ValueTask<string> NameAsync();
}

public interface IForeign
{
    Point Move(Point point, int by);
}
