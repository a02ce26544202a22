using Spectre.Console;
using Spectre.Console.Rendering;

namespace Contracts.Ipc.Cli.Presentation;

/// <summary>A terminal: tables fit its width, and meaning has a colour where colour is wanted.</summary>
internal sealed class StyledPage : Page
{
    private readonly IAnsiConsole _console;

    public StyledPage(TextWriter writer, int width, bool color)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        _console.Profile.Width = width;
        _console.Profile.Capabilities.Unicode = true;
    }

    public override void Line(string text = "", Tone tone = Tone.Normal) => _console.Write(new Paragraph(Printable(text) + "\n", StyleOf(tone)));

    public override void Table(Grid grid)
    {
        if (grid.Rows.Count == 0)
        {
            return;
        }

        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = false };
        for (int column = 0; column < grid.Columns.Count; column++)
        {
            var head = new TableColumn(new Text(grid.Columns[column], StyleOf(Tone.Strong)));
            if (grid.IsNumber(column))
            {
                _ = head.RightAligned();
            }

            _ = table.AddColumn(head);
        }

        foreach (Cell[] row in grid.Rows)
        {
            _ = table.AddRow(row.Select(IRenderable (cell) => new Text(Printable(cell.Text), StyleOf(cell.Tone))));
        }

        _console.Write(table);
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Faint => new Style(decoration: Decoration.Dim),
        Tone.Good => new Style(Color.Green),
        Tone.Warning => new Style(Color.Olive),
        Tone.Bad => new Style(Color.Maroon),
        _ => Style.Plain,
    };
}
