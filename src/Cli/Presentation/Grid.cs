namespace Contracts.Ipc.Cli.Presentation;

/// <summary>A table before anybody has decided how it looks.</summary>
/// <param name="columns">The heads of its columns.</param>
internal sealed class Grid(params string[] columns)
{
    private readonly List<Cell[]> _rows = [];
    private readonly HashSet<int> _numbers = [];

    /// <summary>The heads.</summary>
    public IReadOnlyList<string> Columns { get; } = columns;

    /// <summary>The rows, each with a cell for every column.</summary>
    public IReadOnlyList<Cell[]> Rows => _rows;

    /// <summary>Whether a column holds numbers, which are aligned to the right.</summary>
    public bool IsNumber(int column) => _numbers.Contains(column);

    /// <summary>Says which columns hold numbers.</summary>
    public Grid Numbers(params ReadOnlySpan<int> columns)
    {
        foreach (int column in columns)
        {
            _ = _numbers.Add(column);
        }

        return this;
    }

    /// <summary>Adds a row.</summary>
    public void Add(params Cell[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, Columns.Count);
        _rows.Add(cells);
    }
}

/// <summary>One cell. What is not known is shown as a dash.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Tone">What it means.</param>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Normal)
{
    /// <summary>A text, or a dash.</summary>
    public static implicit operator Cell(string? text) => string.IsNullOrEmpty(text) ? new Cell("-", Tone.Faint) : new Cell(text);

    /// <summary>A whole number, or a dash.</summary>
    public static implicit operator Cell(long? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
