using System.Text;

namespace Contracts.Ipc.Cli.Presentation;

/// <summary>Output that is read by other programs or kept in files: no colour, nothing wrapped or cut, columns two blanks apart.</summary>
internal sealed class PlainPage(TextWriter writer) : Page
{
    public override void Line(string text = "", Tone tone = Tone.Normal) => writer.WriteLine(Printable(text));

    public override void Table(Grid grid)
    {
        if (grid.Rows.Count == 0)
        {
            return;
        }

        string[][] lines = [[.. grid.Columns.Select(head => head.ToUpperInvariant())], .. grid.Rows.Select(row => row.Select(cell => OneLine(cell.Text)).ToArray())];
        int[] widths = [.. grid.Columns.Select((_, column) => lines.Max(line => line[column].Length))];
        var text = new StringBuilder();
        foreach (string[] line in lines)
        {
            _ = text.Clear();
            for (int column = 0; column < line.Length; column++)
            {
                _ = text.Append(grid.IsNumber(column) ? line[column].PadLeft(widths[column]) : line[column].PadRight(widths[column]));
                _ = text.Append("  ");
            }

            writer.WriteLine(text.ToString().TrimEnd());
        }
    }

    // A row is one line, so that grep and awk see a row.
    private static string OneLine(string text) => Printable(text).ReplaceLineEndings(" ");
}
