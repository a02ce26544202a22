using System.Text;
using Contracts.Ipc.Transports.StandardIO;

namespace Contracts.Ipc.Runtime.Tests.Transports.StandardIO;

public sealed class LineSplitterTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("one", new[] { "one" })]
    [InlineData("one\n", new[] { "one" })]
    [InlineData("one\r\ntwo\n\nfour", new[] { "one", "two", "", "four" })]
    [InlineData("Größe → 日本\n", new[] { "Größe → 日本" })]
    public void Lines_are_handed_out_whole_in_whatever_pieces_they_come(string text, string[] expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        foreach (int atOnce in (int[])[1, 2, 3, 100])
        {
            List<string> lines = [];
            var splitter = new LineSplitter(Encoding.UTF8, lines.Add);
            foreach (byte[] piece in bytes.Chunk(atOnce))
            {
                splitter.Append(piece);
            }

            splitter.Finish();
            Assert.Equal(expected, lines);
        }
    }

    [Fact]
    public void A_line_without_end_comes_in_pieces()
    {
        List<string> lines = [];
        var splitter = new LineSplitter(Encoding.UTF8, lines.Add);
        splitter.Append(Encoding.UTF8.GetBytes(new string('x', (2 * LineSplitter.MaximumLineLength) + 1)));
        splitter.Append("y\nz"u8);
        splitter.Finish();
        Assert.Equal([LineSplitter.MaximumLineLength, LineSplitter.MaximumLineLength, 2, 1], lines.Select(static line => line.Length));
    }
}
