using System.Text;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes indented source. Lines end in "\n" on every machine, so that the same model gives the same bytes.</summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;

    private readonly StringBuilder _text = new();
    private int _indent;

    internal void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _indent * IndentSize).Append(line);
        }

        _text.Append('\n');
    }

    /// <summary>Writes lines as they are, from the first column on.</summary>
    internal void Raw(string lines) => _text.Append(lines);

    /// <summary>Writes a line and opens a block that ends with the returned value.</summary>
    internal Block Open(string header, string end = "}") => Open(header, "{", end);

    /// <summary>Writes a line and opens a list that ends with the returned value.</summary>
    internal Block OpenList(string header, string end) => Open(header, "[", end);

    /// <summary>Opens a list that ends with the returned value.</summary>
    internal Block OpenList(string end)
    {
        Line("[");
        _indent++;
        return new Block(this, end);
    }

    /// <summary>Indents what follows until the returned value is disposed.</summary>
    internal Block Indent()
    {
        _indent++;
        return new Block(this, null);
    }

    public override string ToString() => _text.ToString();

    private Block Open(string header, string begin, string end)
    {
        Line(header);
        Line(begin);
        _indent++;
        return new Block(this, end);
    }

    internal readonly struct Block(SourceWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            writer._indent--;
            if (end is not null)
            {
                writer.Line(end);
            }
        }
    }
}
