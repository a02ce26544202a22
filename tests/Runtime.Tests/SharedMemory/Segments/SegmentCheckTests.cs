using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;
using Contracts.Ipc.SharedMemory.Objects;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory.Segments;

/// <summary>What an opener finds wrong.</summary>
[SupportedOSPlatform("linux")]
public sealed class SegmentCheckTests : SharedMemoryTest
{
    [Theory]
    [MemberData(nameof(Backings))]
    public void Another_layout_is_refused_with_the_first_field_that_differs(SharedMemoryBacking backing)
    {
        string name = NewName();
        using var old = SharedSegment<OldSample>.Create(name, new() { Backing = backing, UnlinkOnDispose = true });

        var error = Assert.Throws<SharedLayoutMismatchException>(() => SharedSegment<Sample>.Open(name, new() { Backing = backing }));

        Assert.Equal(IpcErrorCode.Incompatible, error.Code);
        Assert.Equal(new SharedField("Position.Y", "Double", 16, 8), error.Expected);
        Assert.Equal(new SharedField("Position.Y", "Single", 16, 4), error.Found);
        Assert.Contains("at field Position.Y. Expected Double at offset 16, found Single at offset 16", error.Message, StringComparison.Ordinal);
        _ = Assert.Throws<SharedLayoutMismatchException>(() => SharedSegment<Sample>.OpenReadOnly(name, new() { Backing = backing }));
        _ = Assert.Throws<SharedLayoutMismatchException>(() => SharedSegment<Sample>.OpenOrCreate(name, new() { Backing = backing }));
    }

    [Fact]
    public void A_field_too_few_is_named()
    {
        string name = NewName();
        using var made = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        var error = Assert.Throws<SharedLayoutMismatchException>(() => SharedSegment<LongerSample>.Open(name));
        Assert.Equal("More", error.Expected?.Path);
        Assert.Null(error.Found);
        Assert.Contains("found no further field", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_too_many_is_named()
    {
        string name = NewName();
        using var made = SharedSegment<LongerSample>.Create(name, new() { UnlinkOnDispose = true });
        var error = Assert.Throws<SharedLayoutMismatchException>(() => SharedSegment<Sample>.Open(name));
        Assert.Null(error.Expected);
        Assert.Equal("More", error.Found?.Path);
    }

    [Theory]
    [InlineData(0, "does not begin with 'CIPCSHM1'")]
    [InlineData(8, "format version")]
    [InlineData(12, "not a shared segment")]
    [InlineData(16, "its header says")]
    [InlineData(40, "C library")]
    [InlineData(44, "mutex of")]
    [InlineData(48, "another pid namespace")]
    [InlineData(72, "description of its layout lies outside")]
    [InlineData(76, "description of its layout lies outside")]
    [InlineData(80, "its data lie outside")]
    [InlineData(84, "items")]
    public void A_header_that_does_not_fit_is_refused_with_what_does_not_fit(int offset, string complaint)
    {
        string name = NewName();
        using var made = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        byte[] contents = File.ReadAllBytes(FileOf(name));
        using (FileStream file = new(FileOf(name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = offset + 3;
            file.WriteByte((byte)(contents[offset + 3] ^ 0x40));
        }

        var error = Assert.Throws<SharedMemoryException>(() => SharedSegment<Sample>.Open(name));
        Assert.Equal(IpcErrorCode.Incompatible, error.Code);
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(48)]
    public void Who_only_reads_does_not_care_whose_mutex_it_is(int offset)
    {
        string name = NewName();
        using var made = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        made.Write(Sample.Of(5));
        using (FileStream file = new(FileOf(name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = offset;
            file.WriteByte(99);
        }

        using var reader = SharedSegment<Sample>.OpenReadOnly(name);
        Assert.Equal(Sample.Of(5), reader.Read());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Some_other_file_is_refused(int length)
    {
        string name = NewName();
        File.WriteAllBytes(FileOf(name), new byte[length]);
        File.SetUnixFileMode(FileOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var error = Assert.Throws<SharedMemoryException>(() => SharedSegment<Sample>.OpenOrCreate(name));
        Assert.Contains("no object of this library", error.Message, StringComparison.Ordinal);
        File.Delete(FileOf(name));
    }

    [Fact]
    public void A_symbolic_link_is_not_followed()
    {
        string name = NewName();
        using var target = SharedSegment<Sample>.Create(name + "-target", new() { UnlinkOnDispose = true });
        _ = File.CreateSymbolicLink(FileOf(name), FileOf(name + "-target"));
        var error = Assert.Throws<SharedMemoryException>(() => SharedSegment<Sample>.Open(name));
        Assert.Equal(IpcErrorCode.SharedMemory, error.Code);
        File.Delete(FileOf(name));
    }

    [Theory]
    [MemberData(nameof(Backings))]
    public void Too_little_memory_is_an_error_and_leaves_nothing(SharedMemoryBacking backing)
    {
        string name = NewName();
        long available = new DriveInfo("/dev/shm").TotalSize;
        var plan = new ObjectPlan(ObjectKind.Segment, name)
        {
            Backing = backing,
            ItemCount = 1,
            DataLength = _ => backing == SharedMemoryBacking.Posix ? available + 1 : 1L << 60,
        };

        var error = Assert.Throws<SharedMemoryException>(() => SharedObject.Create(plan));

        Assert.Equal(IpcErrorCode.ResourceExhausted, error.Code);
        Assert.Contains(backing == SharedMemoryBacking.Posix ? "/dev/shm or the memory of this container is used up" : "see 'ipcs -lm'", error.Message, StringComparison.Ordinal);
        Assert.False(SharedObject.Exists(plan));
    }
}
