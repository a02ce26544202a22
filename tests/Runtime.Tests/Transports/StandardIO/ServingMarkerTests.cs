using System.Text;
using Contracts.Ipc.Transports.StandardIO;

namespace Contracts.Ipc.Runtime.Tests.Transports.StandardIO;

public sealed class ServingMarkerTests
{
    private static readonly byte[] Marker = ServingMarker.Bytes.ToArray();

    /// <summary>Frozen: a parent must understand children of every version.</summary>
    [Fact]
    public void The_marker_never_changes()
        => Assert.Equal("00436F6E7472616374732E4970632073657276657320737464696F3A20010A", Convert.ToHexString(Marker));

    [Theory]
    [InlineData("", "")]
    [InlineData("before\n", "")]
    [InlineData("before\n", "printed at that very moment\n")]
    public async Task What_stands_around_the_marker_was_printed(string before, string behind)
    {
        (bool found, string printed) = await FindAsync([.. Encoding.UTF8.GetBytes(before), .. Marker, .. Encoding.UTF8.GetBytes(behind)], int.MaxValue);
        Assert.True(found);
        Assert.Equal(before + behind, printed);
    }

    [Fact]
    public async Task Output_that_ends_before_the_marker_is_printed_wholly()
    {
        byte[] output = [.. "all of this"u8, .. Marker[..20]];
        (bool found, string printed) = await FindAsync(output, 3);
        Assert.False(found);
        Assert.Equal(Encoding.Latin1.GetString(output), printed);
    }

    /// <summary>However the bytes come, also where beginnings of the marker stand in front of it, and beyond the buffer.</summary>
    [Fact]
    public async Task The_marker_is_found_in_any_pieces()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 300; round++)
        {
            List<byte> before = [];
            while (random.Next(6) != 0)
            {
                if (random.Next(2) == 0)
                {
                    before.AddRange(Marker.AsSpan(0, random.Next(Marker.Length)));
                }
                else
                {
                    byte[] noise = new byte[random.Next(3000)];
                    random.NextBytes(noise);
                    before.AddRange(noise);
                }
            }

            (bool found, string printed) = await FindAsync([.. before, .. Marker], random.Next(1, 200));
            Assert.True(found, $"seed {seed}, round {round}");
            Assert.Equal(Encoding.Latin1.GetString([.. before]), printed);
        }
    }

    private static async Task<(bool Found, string Printed)> FindAsync(byte[] output, int atOnce)
    {
        int position = 0;
        var printed = new StringBuilder();
        bool found = await ServingMarker.FindAsync(
            (destination, _) =>
            {
                int count = Math.Min(Math.Min(atOnce, destination.Length), output.Length - position);
                output.AsMemory(position, count).CopyTo(destination);
                position += count;
                return new ValueTask<int>(count);
            },
            bytes => printed.Append(Encoding.Latin1.GetString(bytes.Span)),
            TestContext.Current.CancellationToken);
        return (found, printed.ToString());
    }
}
