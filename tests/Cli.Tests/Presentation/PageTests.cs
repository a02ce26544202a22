using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Tests.Presentation;

public sealed class PageTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_plain_table_is_a_line_a_row_with_heads_in_capitals_and_numbers_to_the_right()
    {
        Plain().Table(Sample());
        Assert.Equal("NAME    COUNT\nfirst       1\nsecond    100\n", _output.ToString());
    }

    [Fact]
    public void A_plain_page_never_cuts_or_wraps()
    {
        string wide = new('x', 5000);
        Plain().Table(Of(wide));
        Plain().Line(wide);
        Assert.Equal(2, _output.ToString().Split('\n').Count(line => line.Contains(wide, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_comes_from_other_processes_cannot_command_the_terminal(bool isTerminal)
    {
        Page page = isTerminal ? new StyledPage(_output, 200, color: false) : Plain();
        page.Table(Of("a\e[2Jb\ac\u009bd\re"));
        page.Line("a\e]0;title\ab");
        Assert.DoesNotContain(_output.ToString(), character => char.IsControl(character) && character != '\n');
        Assert.Contains("a\uFFFD[2Jb\uFFFDc\uFFFDd", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_stays_a_line_whatever_its_cells_contain()
    {
        Plain().Table(Of("one\ntwo"));
        Assert.Contains("one two", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_without_colour_gets_no_escapes_and_one_with_colour_does()
    {
        new StyledPage(_output, 80, color: false).Line("bad", Tone.Bad);
        Assert.Equal("bad\n", _output.ToString());
        new StyledPage(_output, 80, color: true).Line("bad", Tone.Bad);
        Assert.Contains("\e[", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_narrow_terminal_a_table_fits_its_width()
    {
        new StyledPage(_output, 60, color: false).Table(Of(string.Join(' ', Enumerable.Repeat("words", 40))));
        Assert.All(_output.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, 60));
    }

    [Fact]
    public void A_table_without_rows_is_not_shown()
    {
        Plain().Table(new Grid("Name"));
        Assert.Equal("", _output.ToString());
    }

    [Theory]
    [InlineData(0.4, "0.4 µs")]
    [InlineData(123.4, "123 µs")]
    [InlineData(2500, "2.50 ms")]
    [InlineData(3_000_000, "3.00 s")]
    public void Times_are_shown_in_the_unit_that_suits_them(double microseconds, string text) => Assert.Equal(text, Quantity.Microseconds(microseconds));

    [Theory]
    [InlineData(100, "100 B")]
    [InlineData(65536, "64 KiB")]
    [InlineData(25232932864, "23.5 GiB")]
    public void Bytes_are_shown_in_the_unit_that_suits_them(long bytes, string text) => Assert.Equal(text, Quantity.Bytes(bytes));

    private static Grid Sample()
    {
        Grid grid = new Grid("Name", "Count").Numbers(1);
        grid.Add("first", 1);
        grid.Add("second", 100);
        return grid;
    }

    private static Grid Of(string text)
    {
        var grid = new Grid("Text");
        grid.Add(text);
        return grid;
    }

    private PlainPage Plain() => new(_output);
}
