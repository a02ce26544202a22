using System.Runtime.InteropServices;
using Contracts.Ipc.SharedMemory.Segments;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory.Segments;

/// <summary>The two cells and their word, step by step.</summary>
public sealed unsafe class SequenceLatchTests : IDisposable
{
    private readonly ulong* _word = (ulong*)NativeMemory.AlignedAlloc(1024, 128);
    private readonly SequenceLatch _latch;

    public SequenceLatchTests()
    {
        NativeMemory.Clear(_word, 1024);
        _latch = new SequenceLatch(_word, (byte*)_word + 128, 128);
    }

    public void Dispose() => NativeMemory.AlignedFree(_word);

    [Fact]
    public void A_value_is_published_by_one_store()
    {
        Publish(7);
        Assert.True(_latch.TryCopy(out int value, out long version));
        Assert.Equal((7, 1L), (value, version));
        Assert.Equal(4UL, *_word);
    }

    [Fact]
    public void The_cell_under_preparation_is_never_the_current_one()
    {
        Publish(7);
        _latch.Prepare();
        *(int*)_latch.Next = 8;
        Assert.True(_latch.TryCopy(out int value, out _));
        Assert.Equal(7, value);
    }

    // What a reader saw first, and where the word may have got to by its second look.
    [Theory]
    [InlineData(8, 8, true)]
    [InlineData(8, 9, true)]
    [InlineData(8, 11, true)]
    [InlineData(10, 12, true)]
    [InlineData(8, 13, true)]
    [InlineData(8, 14, false)]
    [InlineData(11, 14, false)]
    [InlineData(8, 16, false)]
    [InlineData(8, 8000, false)]
    public void A_copy_is_whole_until_the_version_after_the_next_is_prepared(int first, int second, bool isWhole)
        => Assert.Equal(isWhole, SequenceLatch.IsWhole((ulong)first >> 2, (ulong)second));

    [Fact]
    public void A_preparation_that_was_given_up_is_taken_over()
    {
        Publish(7);
        _latch.Prepare();
        *(int*)_latch.Next = 99;
        Assert.True(_latch.IsPreparing);
        _latch.Prepare();
        *(int*)_latch.Next = 8;
        _latch.Publish();
        Assert.False(_latch.IsPreparing);
        Assert.True(_latch.TryCopy(out int value, out long version));
        Assert.Equal((8, 2L), (value, version));
    }

    [Fact]
    public void A_sleeper_is_announced_once_and_the_publisher_clears_it()
    {
        Assert.True(_latch.TryAnnounceSleeper(0, out int expected));
        Assert.Equal(1, expected);
        Assert.True(_latch.TryAnnounceSleeper(0, out _));
        Publish(1);
        Assert.Equal(4UL, *_word);
        Assert.False(_latch.TryAnnounceSleeper(0, out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_version_goes_on_where_the_lower_half_of_the_word_ends(bool withSleeper)
    {
        *_word = 0xFFFF_FFFC;
        if (withSleeper)
        {
            Assert.True(_latch.TryAnnounceSleeper(0x3FFF_FFFF, out _));
        }

        Publish(5);
        Assert.Equal(0x1_0000_0000UL, *_word);
        Assert.True(_latch.TryCopy(out int value, out long version));
        Assert.Equal((5, 0x4000_0000L), (value, version));
    }

    private void Publish(int value)
    {
        _latch.Prepare();
        *(int*)_latch.Next = value;
        _latch.Publish();
    }
}
